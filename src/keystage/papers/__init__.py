"""Printed matter: marksheets, signed sheets and export records as tagged PDFs. Plain values in, bytes out."""
