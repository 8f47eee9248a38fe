import { plural } from '../../diagnostic/plural.ts';
import type { Load } from '../../workload/capacity/resource-sums.ts';
import { place } from '../finding/place.ts';
import type { Report } from '../report.ts';
import type { QuotaReport, ResourceReport, ResourceSum } from '../resource-report.ts';
import { type Html, html } from './html-text.ts';
import { headPart, scrollPart } from './table.ts';

const mostOpen = 4;
const loads: readonly (readonly [Load, string])[] = [
  ['steady', 'steady state'],
  ['rollout', 'during rollouts and jobs'],
  ['peak', 'with autoscalers at their maximum'],
];
const columns = ['CPU requests', 'CPU limits', 'memory requests', 'memory limits', 'storage', 'claims'];

/** What each environment takes, against its quotas. */
export function resourcesPart({ resources }: Report): Html {
  if (resources.length === 0) return html``;
  return html`<h2 id="resources">Resources</h2>\n${resources.map((one, index) => environmentPart(one, index < mostOpen))}`;
}

function environmentPart(report: ResourceReport, isOpen: boolean): Html {
  const { environment, services, quotas, perNode, unlimited } = report;
  const rows = loads.map(
    ([load, words]) =>
      html`<tr><th scope="row">${words}</th><td class="number">${report.loads[load].pods}</td>${amounts(report.loads[load])}</tr>\n`,
  );
  const exceeded = quotas.filter(({ exceededBy }) => exceededBy !== undefined).length;
  const words =
    quotas.length === 0
      ? 'no quota'
      : exceeded === 0
        ? 'within quota'
        : `${plural(exceeded, 'quota')} exceeded`;
  return html`<details${isOpen ? html` open` : html``}><summary><b>${environment}</b> <span class="${exceeded > 0 ? 'bad' : 'soft'}">${words}</span></summary>
${scrollPart(`Sums of ${environment}`, html`<table>${headPart(['load', 'pods', ...columns])}<tbody>\n${rows}</tbody></table>`)}${quotas.length === 0 ? html`` : quotasPart(environment, quotas)}${line('Counted as one pod, but runs on each node: ', perNode)}${line('Without a limit: ', unlimited)}<details><summary>By service (${services.length})</summary>${scrollPart(
    `Services of ${environment}`,
    html`<table>${headPart(['service', 'pods', ...columns])}<tbody>\n${services.map(
      ({ service, pods, ...sum }) =>
        html`<tr><th scope="row">${service}</th><td class="number">${pods.steady} to ${pods.peak}</td>${amounts(sum)}</tr>\n`,
    )}</tbody></table>`,
  )}</details></details>
`;
}

function amounts({ requests, limits, storage, claims }: Omit<ResourceSum, 'pods'>): Html {
  const cells = [requests['cpu'], limits['cpu'], requests['memory'], limits['memory'], storage, claims];
  return html`${cells.map((cell) => html`<td class="number">${cell ?? '–'}</td>`)}`;
}

function quotasPart(environment: string, quotas: readonly QuotaReport[]): Html {
  const rows = quotas.map(({ name, resource, hard, used, shares, exceededBy, span }) => {
    const cells = loads.map(
      ([load]) =>
        html`<td class="number${exceededBy !== undefined && shares[load] > 1 ? ' bad' : ''}">${used[load]}</td>`,
    );
    const where = span === undefined ? html`` : html` <span class="place">${place(span)}</span>`;
    return html`<tr><th scope="row">${resource}</th><td class="number">${hard}</td>${cells}<td>${meter(shares.peak)}</td><td>${name}${where}</td></tr>\n`;
  });
  const head = headPart(['of quota', 'hard', 'steady', 'rollout', 'peak', 'share at peak', 'set by']);
  return scrollPart(`Quotas of ${environment}`, html`<table>${head}<tbody>\n${rows}</tbody></table>`);
}

function meter(share: number): Html {
  const percent = Math.round(share * 100);
  const words = Number.isFinite(percent) ? `${percent}%` : 'not allowed';
  return html`<meter aria-label="share at peak" min="0" max="1" low="0.8" high="0.995" optimum="0" value="${share > 1 ? 1 : Math.min(share, 0.99)}"></meter> ${words}`;
}

function line(title: string, names: readonly string[]): Html {
  return names.length === 0 ? html`` : html`<p>${title}${names.join(', ')}</p>\n`;
}
