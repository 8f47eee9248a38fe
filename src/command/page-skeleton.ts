/** A case of a page: its title, and lines that its Deployment has beside what every Deployment needs. */
interface SkeletonCase {
  readonly title: string;
  readonly metadata?: string;
  readonly spec?: string;
}

/** What a page says at first, for its author to change. */
interface PageSkeleton {
  readonly summary: string;
  readonly why: string;
  readonly bad: SkeletonCase;
  readonly good: SkeletonCase;
}

/** The page of a rule or policy that is about a Deployment, with one case of each kind. */
export function pageSkeleton(id: string, { summary, why, bad, good }: PageSkeleton): string {
  return `# ${id}

${summary}

## Why

${why}

## Bad

${caseText(bad)}
## Good

${caseText(good)}`;
}

function caseText({ title, metadata = '', spec = '' }: SkeletonCase): string {
  return `### ${title}

\`deployment.yaml\`:

\`\`\`yaml
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
${metadata}spec:
${spec}  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: example/web:1.4.2
\`\`\`
`;
}
