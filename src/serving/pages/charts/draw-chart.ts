import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { h, type VNode } from 'preact';

/** An element or a text of the document that charts are drawn in, as far as we read it. */
interface DrawnNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<DrawnNode>;
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>;
}

const ELEMENT = 1;
const TEXT = 3;

/** Attributes that a drawing needs: those of its geometry and inks. What is said of a chart is said of the whole. */
const KEPT =
  /^(?:class|d|cx|cy|dx|dy|r|x|y|x1|x2|y1|y2|points|width|height|viewBox|transform|rotate|fill|fill-opacity|stroke|stroke-(?:opacity|width|linecap|linejoin|dasharray|miterlimit)|opacity|text-anchor|font-variant|font-weight|clip-path|id)$/;

/**
 * A chart as SVG for a page. Its text goes through the page's own escaping, and no style of its own goes with it, which the
 * page's policy would refuse. `label` says to those who hear it what it shows.
 */
export function drawChart(options: Plot.PlotOptions, label: string): VNode {
  const { document } = parseHTML('<!doctype html><html><body></body></html>');
  const drawn = Plot.plot({ className: 'chart', ...options, document });
  return h(
    'svg',
    { ...attributesOf(drawn as unknown as DrawnNode), class: 'chart', role: 'img', 'aria-label': label },
    ...partsOf(drawn as unknown as DrawnNode),
  );
}

function partsOf({ childNodes }: DrawnNode): (VNode | string)[] {
  return [...childNodes].flatMap((node): (VNode | string)[] => {
    if (node.nodeType === TEXT) return [node.textContent ?? ''];
    if (node.nodeType !== ELEMENT || node.nodeName.toLowerCase() === 'style') return [];
    return [h(node.nodeName.toLowerCase(), attributesOf(node), ...partsOf(node))];
  });
}

function attributesOf({ attributes = [] }: DrawnNode): Record<string, string> {
  return Object.fromEntries(
    [...attributes].filter(({ name }) => KEPT.test(name)).map(({ name, value }) => [name, rounded(value)]),
  );
}

/** Places to a tenth of a pixel: nobody sees more, and each digit is sent. */
function rounded(value: string): string {
  return value.replace(/-?\d+\.\d{2,}/g, (figure) => String(Math.round(Number(figure) * 10) / 10));
}
