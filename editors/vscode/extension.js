// Starts `rusprot lsp` for the files of an area, and stops it again. All that it knows is in the program.
"use strict";

const { commands, window, workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

/** Starts the program that the setting names; says so in Danish where it cannot be started. */
async function start() {
  const command = workspace.getConfiguration("rusprot").get("path") || "rusprot";
  const run = { command, args: ["lsp"], transport: TransportKind.stdio };
  client = new LanguageClient("rusprot", "rusprot", run, {
    documentSelector: [{ scheme: "file", pattern: "**/*.toml" }],
  });
  try {
    await client.start();
  } catch {
    client = undefined;
    window.showErrorMessage(
      `rusprot kan ikke startes som »${command}«. Hent programmet, eller skriv hele stien i indstillingen rusprot.path.`,
    );
  }
}

/** Stops the program, if it runs. */
async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function activate(context) {
  context.subscriptions.push(
    commands.registerCommand("rusprot.restart", async () => {
      await stop();
      await start();
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
