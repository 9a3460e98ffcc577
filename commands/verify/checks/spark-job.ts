import { type Check, asExpected, differs, notTried } from "../check";
import { jobsOf } from "../jobs";

/** What was refused to the role is for persona-permissions. */
export const sparkJob: Check = {
  id: "spark-job",
  asks: "whether the Spark job ends well in SageMaker's own container",
  run: async (account) => {
    const jobs = (await jobsOf(account)).filter(({ AppSpecification }) =>
      /spark/.test(AppSpecification?.ImageUri ?? ""),
    );
    const [latest] = jobs;
    if (!latest) return notTried("none has run as a persona's role");
    return latest.ProcessingJobStatus === "Completed" ? asExpected("the last one has") : differs("the last one failed");
  },
};
