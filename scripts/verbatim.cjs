#!/usr/bin/env node
"use strict";
/**
 * The command `verbatim`. A Node that is too old to read the program is told so in one sentence, before it fails over it: so this
 * file is plain JavaScript that any Node can read.
 */
var needed = require("../package.json").engines.node.replace(">=", "");

function isOlder(version, least) {
  var given = version.split(".").map(Number);
  var wanted = least.split(".").map(Number);
  for (var i = 0; i < wanted.length; i++) {
    if (given[i] !== wanted[i]) return given[i] < wanted[i];
  }
  return false;
}

if (isOlder(process.versions.node, needed)) {
  console.error(
    "Verbatim needs Node.js " +
      needed +
      " or newer, and this is " +
      process.versions.node +
      ": install a newer one from https://nodejs.org.",
  );
  process.exitCode = 1;
} else if (
  !require("fs").existsSync(require("path").join(__dirname, "../dist/scripts/verbatim.js"))
) {
  console.error("Verbatim is not built: run npm run build.");
  process.exitCode = 1;
} else {
  require("./run.cjs");
}
