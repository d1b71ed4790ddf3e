"use strict";
// Draws the figures of RateReport.
const report = JSON.parse(document.getElementById("data").textContent);
const colours = { floor: "#0b5fc2", system: "#d2691e" };
const partColours = ["#4e79a7", "#f28e2b", "#59a14f", "#e15759", "#b07aa1", "#76b7b2", "#edc948"];
const subjects = [report.floor, report.system];

function row(table, cells, kind = "td") {
  const line = table.insertRow();
  for (const text of cells) {
    const cell = document.createElement(kind);
    cell.textContent = text;
    line.append(cell);
  }
}

function chart(title, configuration) {
  const section = document.createElement("section");
  const heading = document.createElement("h2");
  heading.textContent = title;
  const canvas = document.createElement("canvas");
  section.append(heading, canvas);
  document.getElementById("charts").append(section);
  return new Chart(canvas, { ...configuration, options: { animation: false, ...configuration.options } });
}

function latencyChart(title, member) {
  const line = (subject, percentile, dash) => ({
    label: `${subject.name} ${percentile}`,
    data: subject.rates.map((figures) => ({ x: figures.rate, y: figures[member][`${percentile}Micros`] / 1000 })),
    borderColor: colours[subject.name],
    backgroundColor: colours[subject.name],
    borderDash: dash,
  });
  chart(title, {
    type: "line",
    data: { datasets: subjects.flatMap((subject) => [line(subject, "p50", []), line(subject, "p99", [6, 4])]) },
    options: {
      scales: {
        x: { type: "linear", min: 0, title: { display: true, text: "transactions per second that arrive" } },
        y: { type: "logarithmic", title: { display: true, text: "ms from the scheduled arrival" } },
      },
    },
  });
}

function processorChart() {
  const bars = subjects.flatMap((subject) => subject.rates.map((figures) => ({ subject, figures })));
  const parts = [...new Set(bars.flatMap((bar) => Object.keys(bar.figures.processorMicros)))];
  chart("Processor time per transaction", {
    type: "bar",
    data: {
      labels: bars.map((bar) => `${bar.subject.name} ${bar.figures.rate}/s`),
      datasets: parts.map((part, index) => ({
        label: part,
        data: bars.map((bar) => (bar.figures.processorMicros[part] ?? 0) / 1000),
        backgroundColor: partColours[index % partColours.length],
      })),
    },
    options: { scales: { x: { stacked: true }, y: { stacked: true, title: { display: true, text: "ms" } } } },
  });
}

function maximumChart() {
  chart("Maximum rate that is sustained", {
    type: "bar",
    data: {
      labels: subjects.map((subject) => subject.name),
      datasets: [
        {
          label: "transactions per second",
          data: subjects.map((subject) => subject.maxRate),
          backgroundColor: subjects.map((subject) => colours[subject.name]),
        },
      ],
    },
    options: { plugins: { legend: { display: false } } },
  });
}

function ratioTable() {
  const table = document.getElementById("ratios");
  const total = (figures) => Object.values(figures.processorMicros).reduce((sum, micros) => sum + micros, 0);
  const columns = [
    ["to the device p50", (figures) => figures.toDevice.p50Micros],
    ["p99", (figures) => figures.toDevice.p99Micros],
    ["to the end p50", (figures) => figures.toEnd.p50Micros],
    ["p99", (figures) => figures.toEnd.p99Micros],
    ["processor", total],
    ["commits", (figures) => figures.commitsPerThousand],
  ];
  row(table, ["system / floor", ...columns.map(([name]) => name), "sustained"], "th");
  for (const system of report.system.rates) {
    const floor = report.floor.rates.find((figures) => figures.rate === system.rate);
    if (floor) {
      const ratios = columns.map(([, value]) => (value(system) / value(floor)).toFixed(2));
      row(table, [`${system.rate}/s`, ...ratios, system.sustained ? "yes" : "no"]);
    }
  }
}

for (const [name, value] of Object.entries(report.setting)) {
  row(document.getElementById("setting"), [name, value]);
}
ratioTable();
latencyChart("Latency to the device", "toDevice");
latencyChart("Latency to the result at the register", "toEnd");
processorChart();
maximumChart();
