import {
  DescribeProcessingJobCommand,
  ListProcessingJobsCommand,
  type DescribeProcessingJobResponse,
} from "@aws-sdk/client-sagemaker";
import type { Account } from "./check";

/** The last jobs that ran as one of the personas' roles, and have ended. */
export async function jobsOf({
  aws: { sagemaker },
  targets: { studio },
}: Account): Promise<DescribeProcessingJobResponse[]> {
  const order = { SortBy: "CreationTime", SortOrder: "Descending", MaxResults: 30 } as const;
  const { ProcessingJobSummaries = [] } = await sagemaker.send(new ListProcessingJobsCommand(order));
  const jobs = [];
  for (const { ProcessingJobName } of ProcessingJobSummaries)
    jobs.push(await sagemaker.send(new DescribeProcessingJobCommand({ ProcessingJobName })));
  return jobs.filter(
    ({ RoleArn, ProcessingJobStatus }) =>
      studio?.roleArns.includes(RoleArn ?? "") && ["Completed", "Failed"].includes(ProcessingJobStatus ?? ""),
  );
}
