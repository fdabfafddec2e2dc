-- One file: what was decided, what is to be printed, what is to be told.  No personal data in any column.
create table if not exists meta (key text primary key, value text not null) without rowid;

create table if not exists step (        -- where the open visit stands; its rows end with the visit
    number  integer primary key,
    visit   text not null,
    state   text not null,
    at      text not null
);

create table if not exists document (    -- issued by the agency in a visit that has not ended it yet
    number   text primary key,
    visit    text not null,
    document text not null
) without rowid;

create table if not exists outcome (     -- told to the agency until it acknowledges; first in, first told
    id       integer primary key,
    number   text not null unique,       -- a document number, or "visit:…" for whatever was issued in that visit
    outcome  text not null check (outcome in ('done', 'void', 'unknown')),
    attempts integer not null default 0
);

create table if not exists payment_order (
    order_id    text primary key,        -- ISO 8583 DE37
    visit       text not null,
    stan        integer not null,        -- DE11
    at          text not null,           -- DE7, 12, 13
    won         integer not null,        -- DE4
    kept_won    integer not null default 0,
    terminal_id text not null,           -- DE41
    merchant_no text not null,           -- DE42
    approval_no text not null default '',
    state       text not null check (state in ('open', 'approved', 'closed', 'kept', 'reversing', 'reversed')),
    attempts    integer not null default 0
) without rowid;

create table if not exists print_job (
    job      text primary key,
    visit    text not null,
    order_id text not null,
    document text not null,
    number   text not null,
    subject  text not null,              -- keyed hash
    sha256   text not null,
    pages    integer not null,
    won      integer not null,
    state    text not null check (state in ('queued', 'sending', 'done', 'void', 'unknown')),
    payload  blob check (payload is null or state in ('queued', 'sending'))  -- sealed; gone when the job ends
) without rowid;

create table if not exists staff_list (  -- what a person has to settle
    id       integer primary key,
    visit    text not null,
    order_id text not null,
    won      integer not null,
    reason   text not null,
    at       text not null,
    settled  text not null default ''
);

create table if not exists outbox (      -- to headquarters; leaves only by its commit acknowledgement
    seq  integer primary key autoincrement,
    type text not null,
    at   text not null,
    body blob not null
);

create table if not exists audit (       -- one hash-chained row per outcome, kept two years
    number integer primary key autoincrement,
    at     text not null,
    entry  text not null,
    hash   blob not null
);
