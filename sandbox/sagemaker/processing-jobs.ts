import { arnOf } from "./access";
import { NAMES } from "./names";
import { listed, picked } from "./records";
import { type Answers, contains, type State } from "./state";

/** Processing jobs: the request is kept in full and called completed; nothing runs. */
export function processingJobOperations({ model, jobs }: State): Answers {
  return {
    CreateProcessingJob: (input, region) => {
      const ProcessingJobArn = arnOf(region, NAMES.ProcessingJob(input));
      const job = jobs.create(ProcessingJobArn, { ...input, ProcessingJobArn, ProcessingJobStatus: "Completed" });
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
