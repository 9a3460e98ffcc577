import { type Check, asExpected, differs, notTried } from "../check";
import { jobsOf } from "../jobs";

/** Network interfaces, keys, logs and images: whatever AWS asks of the role in SageMaker's name. */
export const personaPermissions: Check = {
  id: "persona-permissions",
  asks: "whether a persona's role is granted what AWS asks of it in SageMaker's name",
  run: async (account) => {
    const jobs = await jobsOf(account);
    if (jobs.length === 0) return notTried("no job has run as a persona's role");
    const refused = jobs.filter(({ FailureReason }) =>
      /denied|not authorized|not permitted/i.test(FailureReason ?? ""),
    );
    return (refused.length === 0 ? asExpected : differs)(
      `${refused.length} of ${jobs.length} jobs were refused something`,
    );
  },
};
