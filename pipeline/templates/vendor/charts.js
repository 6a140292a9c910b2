// What the site uses of Apache ECharts; `make charts` bundles it into echarts.js.
import { use } from "echarts/core";
import { BarChart, CustomChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TitleComponent, TooltipComponent } from "echarts/components";
import { SVGRenderer } from "echarts/renderers";

use([
  AriaComponent, BarChart, CustomChart, GridComponent, LineChart, ScatterChart, SVGRenderer,
  TitleComponent, TooltipComponent,
]);

export { init, version } from "echarts/core";
