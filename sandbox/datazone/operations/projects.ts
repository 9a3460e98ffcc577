import type * as api from "@aws-sdk/client-datazone";
import {
  type Context,
  OWNERS,
  type Operation,
  callerProfile,
  demand,
  domainOf,
  mayActFor,
  projectFor,
} from "../context";
import { conflict, found } from "../errors";
import { page } from "../pages";
import { type Domain, type Project, newId } from "../store";
import { addMember, findMember } from "./memberships";

const CreateProject: Operation<api.CreateProjectCommandInput, api.CreateProjectCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  refuseTakenName(domain, input.name);
  for (const term of input.glossaryTerms ?? []) found(domain.terms, "Glossary term", term);
  const creator = callerProfile(context, domain);
  const project: Project = {
    domainId: domain.id,
    id: newId(),
    createdBy: creator.id,
    createdAt: context.now,
    projectStatus: "ACTIVE",
    projectProfileId: input.projectProfileId,
    projectCategory: input.projectCategory,
    name: input.name,
    description: input.description,
    glossaryTerms: input.glossaryTerms,
    domainUnitId: input.domainUnitId ?? domain.rootDomainUnitId,
    resourceTags: tagsOf(input.resourceTags),
    lastUpdatedAt: context.now,
    memberships: new Map(),
  };
  if (!context.isAdministrator) {
    project.memberships.set(creator.id, { member: creator.id, kind: "user", designation: "PROJECT_OWNER" });
  }
  for (const assignment of input.membershipAssignments ?? []) addMember(context, domain, project, assignment);
  domain.projects.set(project.id, project);
  return project;
};

const GetProject: Operation<api.GetProjectCommandInput, api.GetProjectCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = found(domain.projects, "Project", input.identifier);
  demand(isReadable(context, domain, project), context, "GetProject");
  return project;
};

const UpdateProject: Operation<api.UpdateProjectCommandInput, api.UpdateProjectCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const project = projectFor(context, domain, input.identifier, OWNERS, "UpdateProject");
  if (input.name !== undefined && input.name !== project.name) refuseTakenName(domain, input.name);
  project.name = input.name ?? project.name;
  project.description = input.description ?? project.description;
  project.glossaryTerms = input.glossaryTerms ?? project.glossaryTerms;
  project.domainUnitId = input.domainUnitId ?? project.domainUnitId;
  project.resourceTags = tagsOf(input.resourceTags) ?? project.resourceTags;
  project.lastUpdatedAt = context.now;
  return project;
};

const DeleteProject: Operation<api.DeleteProjectCommandInput, api.DeleteProjectCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  projectFor(context, domain, input.identifier, OWNERS, "DeleteProject");
  domain.projects.delete(input.identifier);
  return {};
};

const ListProjects: Operation<api.ListProjectsCommandInput, api.ListProjectsCommandOutput> = (input, context) => {
  const domain = domainOf(context, input.domainIdentifier);
  const hasMember = (project: Project, identifier: string | undefined, kind: "user" | "group") =>
    identifier === undefined || findMember(domain, project, identifier)?.kind === kind;
  const projects = [...domain.projects.values()].filter(
    (project) =>
      isReadable(context, domain, project) &&
      (input.name === undefined || input.name === project.name) &&
      (input.projectCategory === undefined || input.projectCategory === project.projectCategory) &&
      hasMember(project, input.userIdentifier, "user") &&
      hasMember(project, input.groupIdentifier, "group"),
  );
  const summaries = projects.map((project) => ({ ...project, updatedAt: project.lastUpdatedAt }));
  return page(summaries, ({ name, id }) => `${name} ${id}`, input);
};

const isReadable = (context: Context, domain: Domain, project: Project) =>
  context.behaviour.readableProjects === "everyone" || mayActFor(context, domain, project, "any");

function refuseTakenName(domain: Domain, name: string): void {
  if ([...domain.projects.values()].some((project) => project.name === name)) {
    throw conflict(`A project with the name ${name} already exists in domain ${domain.id}.`);
  }
}

const tagsOf = (tags: Readonly<Record<string, string>> | undefined) =>
  tags && Object.entries(tags).map(([key, value]) => ({ key, value, source: "PROJECT" as const }));

export const projects = { CreateProject, GetProject, UpdateProject, DeleteProject, ListProjects };
