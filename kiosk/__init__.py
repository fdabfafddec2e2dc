"""The product: decides, remembers, reports."""

VERSION = "0.1.0"
