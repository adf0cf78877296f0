// Runs before the page is drawn, so that nothing jumps: says that scripts work, and that modules do.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
