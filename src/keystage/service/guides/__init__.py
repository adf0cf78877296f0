"""The guides: how to use the service, for everybody to read, written for this product."""
