// A button with data-copy="id" copies what stands in the field of that id; pages without https have no clipboard API.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copy);
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand("copy");
  }
  window.kefuToast?.(button.dataset.copied, "success");
});
