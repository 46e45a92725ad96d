// Keys go to the terminal at once, and again whenever the page comes to the front.
function focusTerminal() {
  document.querySelector(".xterm-helper-textarea")?.focus();
}
new MutationObserver(focusTerminal).observe(document.body, { attributeFilter: ["class"] });
window.addEventListener("focus", focusTerminal);
