import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const server = process.env.FIRSTLINE_SERVER ?? "http://localhost:3000";

/** Leaves each file compressed beside itself, so that the server never compresses while somebody waits. */
function compressed(): Plugin {
  let directory = "";
  return {
    name: "compressed",
    apply: "build",
    configResolved(config) {
      directory = join(config.root, config.build.outDir, "assets");
    },
    closeBundle() {
      for (const name of readdirSync(directory)) {
        if (!/\.(js|css|svg)$/.test(name)) continue;
        const bytes = readFileSync(join(directory, name));
        if (bytes.length < 1_000) continue;
        writeFileSync(join(directory, `${name}.gz`), gzipSync(bytes, { level: 9 }));
        const quality = { [constants.BROTLI_PARAM_QUALITY]: 9 };
        writeFileSync(join(directory, `${name}.br`), brotliCompressSync(bytes, { params: quality }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    target: "es2022",
    sourcemap: false,
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    rolldownOptions: {
      // core is pure: a screen that needs one rule of it must not carry the whole catalogue.
      treeshake: { moduleSideEffects: (id: string) => !id.includes("/packages/core/") },
      // What many parts share comes as one file: a hundred small ones cost requests, and compress badly.
      // Styles stay with the screens that use them.
      output: {
        codeSplitting: {
          groups: [{ name: "shared", minShareCount: 6, test: (id: string) => !/\.css(\.ts)?($|\?)/.test(id) }],
        },
      },
    },
  },
  server: {
    port: 5173,
    proxy: { "/api": { target: server }, "/webhooks": { target: server } },
  },
});
