import type { Check } from "./check";
import { accessGrantsEdge } from "./checks/access-grants-edge";
import { alarm } from "./checks/alarm";
import { autoApproved } from "./checks/auto-approved";
import { cloudtrail } from "./checks/cloudtrail";
import { columnTerms } from "./checks/column-terms";
import { decisionComment } from "./checks/decision-comment";
import { emailSubscriptions } from "./checks/email-subscriptions";
import { foreignProjects } from "./checks/foreign-projects";
import { lakeFormation } from "./checks/lake-formation";
import { laterEvents } from "./checks/later-events";
import { listingForms } from "./checks/listing-forms";
import { membershipField } from "./checks/membership-field";
import { multipartUploads } from "./checks/multipart-uploads";
import { personaPermissions } from "./checks/persona-permissions";
import { requestForms } from "./checks/request-forms";
import { sparkJob } from "./checks/spark-job";
import { studioSpace } from "./checks/studio-space";

/** All checks, in the order of the README's list. */
export const CHECKS: readonly Check[] = [
  listingForms,
  requestForms,
  columnTerms,
  autoApproved,
  laterEvents,
  membershipField,
  foreignProjects,
  decisionComment,
  cloudtrail,
  lakeFormation,
  emailSubscriptions,
  alarm,
  accessGrantsEdge,
  multipartUploads,
  studioSpace,
  personaPermissions,
  sparkJob,
];
