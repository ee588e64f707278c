/** Everything that another extension with rights on this machine can try. The answer is what it got. */
window.tryAll = async (coach, backend) => {
  const tried = {};
  for (const type of ["status", "test", "coach", "pair", "practice"]) {
    try {
      tried[type] = (await chrome.runtime.sendMessage(coach, { type, backend: "https://evil.example", code: "x" })) ?? "nothing";
    } catch {
      tried[type] = "refused";
    }
  }
  const port = chrome.runtime.connect(coach);
  tried.connect = await new Promise((done) => {
    port.onMessage.addListener(done);
    port.onDisconnect.addListener(() => done(chrome.runtime.lastError ? "refused" : "closed"));
  });
  for (const path of ["worker.js", "pages/options.html", "lib/api.js"]) {
    tried[path] = await fetch(`chrome-extension://${coach}/${path}`).then((answer) => answer.status, () => "refused");
  }
  const body = JSON.stringify({ draft: "You should have known." });
  const headers = { "Content-Type": "application/json" };
  tried.me = (await fetch(`${backend}/v1/me`)).status;
  tried.coached = (await fetch(`${backend}/v1/coach`, { method: "POST", headers, body })).status;
  tried.console = (await fetch(`${backend}/console/rules`, { credentials: "include" })).status;
  tried.kept = Object.keys(await chrome.storage.local.get());
  return tried;
};
