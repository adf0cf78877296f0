// Passkeys: asks the browser for one, and sends what it answers with the form that asked.
// `window.webauthnJSON` comes from the sign-in library and turns the server's options into what browsers want.

const FAULTS = {
  NotAllowedError: "No passkey was used: it was cancelled, took too long, or this device has none for this service.",
  InvalidStateError: "This device has a passkey for your account already.",
  NotSupportedError: "This device cannot make a passkey of the kind that is needed. Try another, or use an authenticator app.",
  SecurityError: "Passkeys do not work at this address. Ask the person who runs the service.",
};
const OTHER = "The passkey could not be used. Try again, or choose another way.";

const answers = {
  login: async (form) => {
    const response = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!response.ok) throw new Error(`${response.status}`);
    return window.webauthnJSON.get((await response.json()).request_options);
  },
  get: () => window.webauthnJSON.get(options()),
  create: () => {
    const asked = options();
    Object.assign(asked.publicKey.authenticatorSelection, {
      residentKey: "required",
      requireResidentKey: true,
      userVerification: "required",
    });
    return window.webauthnJSON.create(asked);
  },
};

function options() {
  return JSON.parse(document.getElementById("passkey-options").textContent);
}

async function ask(event) {
  const form = event.target;
  event.preventDefault();
  const fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await answers[form.dataset.passkeyForm](form));
    form.submit();
  } catch (thrown) {
    fault.textContent = FAULTS[thrown.name] ?? OTHER;
    fault.hidden = false;
  }
}

if (window.PublicKeyCredential && window.webauthnJSON) {
  for (const part of document.querySelectorAll("[data-passkey]")) part.hidden = false;
  for (const none of document.querySelectorAll("[data-passkey-none]")) none.hidden = true;
  for (const form of document.querySelectorAll("[data-passkey-form]")) form.addEventListener("submit", ask);
}
