import type { Mount } from "./registry.ts";

/** The JSON of `{% chart %}`: one value a label, null where nothing was reported. */
export interface ChartData {
  title: string;
  unit: string;
  labels: string[];
  values: (number | null)[];
  target: number | null;
  targetLabel: string;
}

/** The chart's options for ECharts. Colours are those of tokens.scss. */
export function optionsOf(data: ChartData): Record<string, unknown> {
  const numbers = [...data.values, data.target].filter((value) => value !== null);
  const low = numbers.length > 0 ? Math.min(...numbers) : 0;
  const high = numbers.length > 0 ? Math.max(...numbers) : 1;
  const margin = (high - low) / 8 || 1;
  const goal = {
    silent: true,
    symbol: "none",
    lineStyle: { color: "#8f1b20", type: "dashed", width: 1.5 },
    label: {
      formatter: `${data.targetLabel} ${data.target}${data.unit}`,
      position: "insideEndTop",
      color: "#8f1b20",
    },
    data: [{ yAxis: data.target }],
  };
  return {
    animation: false,
    aria: { enabled: true, label: { description: `${data.title}：数值见下方数据表。` } },
    textStyle: { fontFamily: "inherit" },
    grid: { left: 56, right: 24, top: 28, bottom: 32 },
    tooltip: {
      trigger: "axis",
      renderMode: "richText", // an HTML tooltip carries inline styles, which the page forbids
      valueFormatter: (value: unknown) => (value == null ? "未报送" : `${value}${data.unit}`),
    },
    xAxis: { type: "category", data: data.labels, axisLabel: { color: "#535b63" } },
    yAxis: {
      type: "value",
      name: data.unit,
      // The target belongs to the picture even when every value is far from it.
      min: Math.floor(low >= 0 ? Math.max(0, low - margin) : low - margin),
      max: Math.ceil(high + margin),
      axisLabel: { color: "#535b63" },
    },
    series: [
      {
        type: "line",
        name: data.title,
        data: data.values,
        symbolSize: 7,
        connectNulls: false,
        lineStyle: { color: "#1d5c9f", width: 2 },
        itemStyle: { color: "#1d5c9f" },
        ...(data.target === null ? {} : { markLine: goal }),
      },
    ],
  };
}

/** Draws the line of a `<figure>` that holds its data as JSON and as a table. */
export const chart: Mount = (figure, signal) => {
  const source = figure.querySelector("script[type='application/json']");
  const place = figure.querySelector<HTMLElement>(".chart-canvas");
  if (!source || !place) throw new Error("a chart needs its data and its place");
  const data = JSON.parse(source.textContent ?? "") as ChartData;
  void import("./echarts.ts").then(({ init }) => {
    if (signal.aborted) return;
    figure.classList.add("is-drawn"); // gives the place its height
    const drawing = init(place);
    drawing.setOption(optionsOf(data));
    const observer = new ResizeObserver(() => drawing.resize());
    observer.observe(place);
    signal.addEventListener("abort", () => {
      observer.disconnect();
      drawing.dispose();
    });
  });
};
