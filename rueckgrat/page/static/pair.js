// The form in which a new device gives the code that the coach has spoken.

const answer = document.getElementById("answer");

document.getElementById("pair").addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = {
    code: document.getElementById("code").value,
    name: document.getElementById("name").value,
  };
  try {
    const response = await fetch("/pair", { method: "POST", body: JSON.stringify(fields) });
    if (response.ok) {
      location.replace("/");
      return;
    }
    answer.textContent = await response.text();
  } catch {
    answer.textContent = "Der Trainer antwortet nicht. Versuch es gleich noch einmal.";
  }
});
