import { type Check, asExpected, differs, notTried } from "../check";
import { inWords, listedForms, shapesOf } from "../forms";

/** The approver reads either; expected is what was measured on a live domain (docs/sandbox.md). */
export const listingForms: Check = {
  id: "listing-forms",
  asks: "how a listing writes its metadata forms",
  run: async (account) => {
    const shapes = (await listedForms(account)).map(shapesOf);
    const sum = {
      text: shapes.reduce((total, { text }) => total + text, 0),
      object: shapes.reduce((total, { object }) => total + object, 0),
    };
    if (sum.text + sum.object === 0) return notTried("no listing with metadata forms is there to be read");
    return (sum.object === 0 ? asExpected : differs)(`of ${shapes.length} listings: ${inWords(sum)}`);
  },
};
