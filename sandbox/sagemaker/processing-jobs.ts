import { arnOf } from "./access";
import { NAMES } from "./names";
import { listed, picked } from "./records";
import { valuesOf } from "./request";
import { type Answers, contains, type State } from "./state";
import type { Volumes } from "./volumes";

/** Processing jobs: the request is kept in full and called completed, or failed without its volumes' key; nothing runs. */
export function processingJobOperations({ model, jobs }: State, volumes: Volumes): Answers {
  return {
    CreateProcessingJob: async (input, region) => {
      const failure = await volumes.failure(valuesOf(input, "VolumeKmsKeyId")[0], input["RoleArn"]);
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
