import { arnOf } from "./access";
import type { Behaviour } from "./behaviour";
import { NAMES } from "./names";
import { listed, picked } from "./records";
import type { JobRun } from "./job-run";
import { type Answers, contains, type State } from "./state";

/** Processing jobs: the request is kept in full and called completed, or failed where the role may not do its part; nothing runs. */
export function processingJobOperations({ model, jobs }: State, run: JobRun, behaviour: Behaviour): Answers {
  return {
    CreateProcessingJob: async (input, region) => {
      const failure =
        (await run.failure(input)) ?? (behaviour.jobs === "fail" ? { FailureReason: "The script failed." } : undefined);
      const failed = failure && { ...failure, ProcessingJobStatus: "Failed" };
      const ProcessingJobArn = arnOf(region, NAMES.ProcessingJob(input));
      const job = jobs.create(ProcessingJobArn, {
        ...input,
        ProcessingJobArn,
        ProcessingJobStatus: "Completed",
        ...failed,
      });
      const { CreationTime } = job.fields;
      jobs.update(job, { ProcessingStartTime: CreationTime, ProcessingEndTime: CreationTime });
      return { ProcessingJobArn };
    },
    DescribeProcessingJob: (input) => picked(model, "DescribeProcessingJobResponse", jobs.get(input).fields),
    StopProcessingJob: (input) => {
      jobs.get(input);
      return {};
    },
    ListProcessingJobs: (input) => {
      const found = jobs
        .all({ ProcessingJobStatus: input["StatusEquals"] })
        .filter(({ fields }) => contains(fields["ProcessingJobName"], input["NameContains"]));
      const { entries, ...rest } = listed(model, "ProcessingJobSummary", found, input);
      return { ProcessingJobSummaries: entries, ...rest };
    },
  };
}
