// Compiles AccessLogNotary.sol into ../compiled, or into the folder given. The same source gives the same bytes in every
// folder and on every machine: no metadata hash, no paths.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const NAME = "AccessLogNotary";
const here = dirname(fileURLToPath(import.meta.url));
const target = resolve(process.argv[2] ?? join(here, "..", "compiled"));

const output = JSON.parse(solc.compile(JSON.stringify({
  language: "Solidity",
  sources: { [`${NAME}.sol`]: { content: readFileSync(join(here, `${NAME}.sol`), "utf8") } },
  settings: {
    evmVersion: "london",
    optimizer: { enabled: true, runs: 10000 },
    metadata: { appendCBOR: false, bytecodeHash: "none" },
    outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
  },
})));

const complaints = output.errors ?? [];
for (const complaint of complaints) console.error(complaint.formattedMessage);
if (complaints.length > 0) process.exit(1);

const contract = output.contracts[`${NAME}.sol`][NAME];
mkdirSync(target, { recursive: true });
// No newline at the end of the hexadecimal files: the wrapper's generator copies them as they are.
writeFileSync(join(target, `${NAME}.abi`), JSON.stringify(contract.abi, null, 1) + "\n");
writeFileSync(join(target, `${NAME}.bin`), contract.evm.bytecode.object);
writeFileSync(join(target, `${NAME}.bin-runtime`), contract.evm.deployedBytecode.object);
