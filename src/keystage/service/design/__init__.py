"""The look of the web application: the base page, the components, the error pages, and the built styles."""
