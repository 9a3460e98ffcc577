import { bucketFindings } from "../publishing/accepted";
import { defineModule } from "../publishing/module";
import { studioDomainInputs, type StudioDomainProps } from "./props";
import { StudioDomain } from "./studio-domain";

export default defineModule<StudioDomainProps>({
  name: "studio-domain",
  summary: "A SageMaker Studio domain whose people reach data through S3 Access Grants only",
  construct: StudioDomain,
  inputs: studioDomainInputs,
  readme: {
    about: `A domain in your VPC, a user profile for each person, and a role for each profile. A role may ask S3 Access Grants for
credentials, start processing jobs that run with the same role, and keep scripts and event logs in its folder of a scratch bucket; it has
no access to data by itself. Give the roles' ARNs to the module access-grants as grantees.`,
    promises: [
      "A profile's role has no access to any bucket but its folder of the scratch bucket.",
      "A role can pass only itself to SageMaker, and people can change only their own spaces.",
      "Jobs can run in the network only. A profile's role can start, describe and stop only jobs whose names begin with the profile's name, and can read only their logs and the logs of the profile's Studio apps.",
      "Jobs can run only images of this account and of named accounts; the KMS key can be used through AWS services only.",
      "The home file system is mounted only for a profile with `auto_mount_home_efs`.",
      "CloudTrail records which user profile worked with a role (source identity).",
      "Studio runs in VPC-only mode.",
      "The scratch bucket is TLS only, encrypted, versioned, never public.",
    ],
    permissions: [
      {
        actions: ["sagemaker:*Domain*", "sagemaker:*Space*", "sagemaker:*Tags", "sagemaker:*UserProfile*"],
        purpose: "the domain, profiles and spaces",
      },
      { actions: ["iam:*Role", "iam:*RolePolicy", "iam:List*", "iam:PassRole"], purpose: "the roles" },
      { actions: ["s3:*Bucket*", "s3:*Configuration", "s3:Get*", "s3:List*"], purpose: "the scratch bucket" },
      { actions: ["elasticfilesystem:*", "ec2:Describe*", "ec2:*NetworkInterface*"], purpose: "the home directories" },
    ],
    notes: [
      "Whoever may create presigned URLs for every profile (`sagemaker:CreatePresignedDomainUrl` on `*`) can sign in as every person. Give each person who signs in by IAM the policy of their own profile, an entry of the output `sign_in_policies`, and nothing broader.",
      "Names of jobs must begin with the profile's name and a hyphen (`userA-…`). A tool that chooses job names itself, as SageMaker's SDK does, is denied CreateProcessingJob until you tell it to use such names (`base_job_name`). A space's logs can be read only where the space is named after the profile: `userA` or `userA-…`.",
      "AWS cannot limit lists, so people see the names of others' log streams, spaces and profiles, but not what is in them.",
      "Destroy deletes the home directories, unless `home_file_system` is `Retain`; stop the apps that run in spaces first.",
      "SageMaker creates security groups for the traffic of the home directories (`security-group-for-…-nfs-<domain>`) that Terraform does not know. If they are left behind, the VPC cannot be deleted.",
    ],
  },
  accepted: [...bucketFindings("scratch", "The caller's key is used if one is given, otherwise a key that S3 manages")],
  samples: {
    network: [{ vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] }],
    "network.subnetIds": [["subnet-1"]],
    "network.securityGroupIds": [["sg-1"]],
  },
});
