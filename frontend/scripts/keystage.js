// Brings the GOV.UK Frontend components on the page to life. A page's own script is a module of its own.
import { initAll } from "./govuk-frontend.min.js";

initAll();
