const { default: Sequencer } = require("@jest/test-sequencer");

/**
 * What takes longest comes first, so that at the end no core waits for the other: Terraform's plans, then the servers, then units. Jest
 * knows only from an earlier run how long a file takes, and a clean checkout has none.
 */
const ORDER = ["plan", "server", "unit"];

module.exports = class extends Sequencer {
  sort(tests) {
    const rank = ({ context }) => ORDER.indexOf(context.config.displayName.name);
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
