"use strict";
/** Apart from verbatim.cjs, since a Node that is too old cannot even read this line. */
import("../dist/scripts/verbatim.js");
