"""The documented HTTP interface: what a program may send and fetch for a school, an authority, a trust."""
