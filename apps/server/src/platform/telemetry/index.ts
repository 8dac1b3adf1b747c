import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** Figures for Prometheus, `GET /metrics`. Names follow the Prometheus conventions: base units, `_total` for counters. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const of = { registers: [registry] };
  return {
    registry,
    deliveriesReceived: new Counter({
      name: "firstline_deliveries_received_total",
      help: "Webhook calls stored and acknowledged.",
      ...of,
    }),
    deliveriesRefused: new Counter({
      name: "firstline_deliveries_refused_total",
      help: "Webhook calls not accepted.",
      labelNames: ["reason"],
      ...of,
    }),
    callbacksRefused: new Counter({
      name: "firstline_callbacks_refused_total",
      help: "Deauthorise and data-deletion callbacks that had no effect: forged, old, repeated.",
      labelNames: ["kind", "reason"],
      ...of,
    }),
    reauthorizations: new Counter({
      name: "firstline_reauthorizations_total",
      help: "Ways to Meta's dialog and back to give a channel its access again, by member or by link; `done` or the fault.",
      labelNames: ["by", "outcome"],
      ...of,
    }),
    eventsOfErased: new Counter({
      name: "firstline_events_of_deleted_people_total",
      help: "Events left out because they told of a deleted person from before the deletion.",
      ...of,
    }),
    deliveriesProcessed: new Counter({
      name: "firstline_deliveries_processed_total",
      help: "Deliveries turned into rows.",
      labelNames: ["outcome"],
      ...of,
    }),
    eventsReceived: new Counter({
      name: "firstline_inbound_events_total",
      help: "Events found in deliveries.",
      labelNames: ["platform", "type"],
      ...of,
    }),
    inboundAnomalies: new Counter({
      name: "firstline_inbound_anomalies_total",
      help: "Events that came twice, late, with parts missing, or not understood.",
      labelNames: ["platform", "field", "kind"],
      ...of,
    }),
    processingLag: new Gauge({
      name: "firstline_delivery_lag_seconds",
      help: "Age of the oldest delivery of the last batch when it was committed.",
      ...of,
    }),
    messagesRecovered: new Counter({
      name: "firstline_messages_recovered_total",
      help: "Messages Meta never delivered, read from its Conversations API.",
      labelNames: ["platform", "reason"],
      ...of,
    }),
    reconciliations: new Counter({
      name: "firstline_reconciliations_total",
      help: "Comparisons with Meta's own record.",
      labelNames: ["reason", "outcome"],
      ...of,
    }),
    sends: new Counter({
      name: "firstline_sends_total",
      help: "Wire calls to the Send API by outcome.",
      labelNames: ["outcome", "fault"],
      ...of,
    }),
    outcomeLooks: new Counter({
      name: "firstline_outcome_looks_total",
      help: "Replies of unknown outcome looked up in Meta's record: found, early, absent, unclear, unreadable.",
      labelNames: ["result"],
      ...of,
    }),
    sendSeconds: new Histogram({
      name: "firstline_send_duration_seconds",
      help: "Time of a Send API call.",
      buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30],
      ...of,
    }),
    incidentsOpen: new Gauge({
      name: "firstline_incidents_open",
      help: "Incidents of channels that last, by code; of the whole installation.",
      labelNames: ["code"],
      ...of,
    }),
    channels: new Gauge({
      name: "firstline_channels",
      help: "Channels by state; of the whole installation.",
      labelNames: ["state"],
      ...of,
    }),
    alerts: new Counter({
      name: "firstline_alerts_total",
      help: "Attempts to tell somebody by e-mail, push or webhook: sent, again (to be repeated), failed, dropped (nobody there).",
      labelNames: ["way", "outcome"],
      ...of,
    }),
    graphUsage: new Gauge({
      name: "firstline_graph_usage_ratio",
      help: "How much of Meta's limits is used, as last told: the highest of all channels. At 1 calls are refused.",
      ...of,
    }),
    clockSkew: new Gauge({
      name: "firstline_clock_skew_seconds",
      help: "How far this clock was ahead of Meta's at the newest answer; NaN: not known.",
      ...of,
    }),
    selfTests: new Counter({
      name: "firstline_self_tests_total",
      help: "Self-tests of channels by their worst step: ok, warn, fail.",
      labelNames: ["result"],
      ...of,
    }),
    deliveriesWaiting: new Gauge({
      name: "firstline_deliveries_waiting",
      help: "Stored deliveries by state: pending, and failed ones that wait for a replay; of the whole installation.",
      labelNames: ["state"],
      ...of,
    }),
    realtimeClients: new Gauge({ name: "firstline_realtime_clients", help: "Open event streams.", ...of }),
  };
}
export type Metrics = ReturnType<typeof createMetrics>;
