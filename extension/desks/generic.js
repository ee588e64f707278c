"use strict";

/** Any page that nobody described: everything is guessed. Stays last. */
addDesk({ name: "generic", match: {} });
