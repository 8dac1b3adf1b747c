import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const server = process.env.FIRSTLINE_SERVER ?? "http://localhost:3000";

export default defineConfig({
  plugins: [react()],
  build: { target: "es2022", sourcemap: false, chunkSizeWarningLimit: 700, reportCompressedSize: true },
  server: {
    port: 5173,
    proxy: { "/api": { target: server }, "/webhooks": { target: server } },
  },
});
