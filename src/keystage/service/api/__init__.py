"""The documented HTTP interface: what a management information system needs."""
