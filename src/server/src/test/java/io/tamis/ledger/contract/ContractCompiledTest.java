package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.ProcessBuilder.Redirect;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Type;
import org.web3j.crypto.Hash;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;

/** Source, committed output and wrapper of the contract are one: a change of one that forgets the others fails here. */
class ContractCompiledTest {
    private static final Path CONTRACTS = Path.of("../../ledger/contracts");
    private static final int COMPILE_SECONDS_MAX = 120;
    private static final String ZERO = NotaryChain.ZERO;

    @TempDir
    Path folder;

    @Test
    void source_compiledAgain_givesTheCommittedBytes() throws Exception {
        boolean installed = Files.isDirectory(CONTRACTS.resolve("node_modules/solc"));
        assertTrue(installed || !"true".equals(System.getenv("CI")), "solc is missing: npm ci in ledger/contracts");
        assumeTrue(installed, "SKIPPED: no contract compiler (./tamis test installs it when npm is there)");
        Path complaints = folder.resolve("complaints.txt");
        var compiling = new ProcessBuilder("node", "compile.mjs", folder.toString())
                .directory(CONTRACTS.toFile())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(complaints.toFile()))
                .start();
        boolean ended = compiling.waitFor(COMPILE_SECONDS_MAX, TimeUnit.SECONDS);
        compiling.destroyForcibly();
        assertTrue(ended && compiling.exitValue() == 0, () -> "not compiled, see " + complaints);
        for (String extension : List.of("abi", "bin", "bin-runtime")) {
            assertEquals(
                    Notarised.file(extension),
                    Files.readString(folder.resolve("AccessLogNotary." + extension)),
                    extension + " differs: run the command in ledger/contracts/README.md");
        }
    }

    @Test
    void creationCode_endsWithTheDeployedCode_andIsTheWrappers() throws Exception {
        assertEquals(Notarised.file("bin"), AccessLogNotary.BINARY);
        assertTrue(Notarised.file("bin").endsWith(Notarised.file("bin-runtime")));
        // EIP-170: what a chain accepts.
        assertTrue(Notarised.file("bin-runtime").length() / 2 <= 24_576);
    }

    @Test
    void wrapper_callsTheFunctionsOfTheAbi_allOfThem() throws Exception {
        var ofAbi = new TreeMap<String, String>();
        for (var item : items("function")) {
            ofAbi.put(
                    item.get("name").asText(), Hash.sha3String(signature(item)).substring(0, 10));
        }
        var ofWrapper = new TreeMap<String, String>();
        calls().forEach((name, call) ->
                ofWrapper.put(name, call.encodeFunctionCall().substring(0, 10)));
        assertEquals(ofAbi, ofWrapper);
    }

    @Test
    void wrapper_knowsErrorsAndEventsOfTheAbi_allOfThem() throws Exception {
        var ofAbi = new TreeSet<String>();
        items("error").forEach(item -> ofAbi.add(signature(item)));
        items("event").forEach(item -> ofAbi.add(signature(item)));
        var ofWrapper = new TreeSet<String>();
        for (var error : List.of(
                AccessLogNotary.EXISTS_ERROR,
                AccessLogNotary.UNKNOWNLOG_ERROR,
                AccessLogNotary.ZEROADDRESS_ERROR,
                AccessLogNotary.NOTADMIN_ERROR,
                AccessLogNotary.NOTPENDINGADMIN_ERROR,
                AccessLogNotary.NOTSUBMITTER_ERROR,
                AccessLogNotary.BADSIZE_ERROR,
                AccessLogNotary.NOTGROWING_ERROR,
                AccessLogNotary.CONFLICT_ERROR,
                AccessLogNotary.PROOFTOOLONG_ERROR,
                AccessLogNotary.BADPROOF_ERROR)) {
            ofWrapper.add(error.getName() + types(error.getParameters()));
        }
        for (var event : List.of(
                AccessLogNotary.LOGCREATED_EVENT,
                AccessLogNotary.ADMINPROPOSED_EVENT,
                AccessLogNotary.ADMINCHANGED_EVENT,
                AccessLogNotary.SUBMITTERCHANGED_EVENT,
                AccessLogNotary.ANCHORED_EVENT)) {
            ofWrapper.add(event.getName() + types(event.getParameters()));
        }
        assertEquals(ofAbi, ofWrapper);
    }

    /** The words of the design: nobody who has integrated the contract is surprised by another. */
    @Test
    void signatures_areThoseOfTheDesign() throws Exception {
        var all = new ArrayList<String>();
        for (String kind : List.of("function", "error", "event")) {
            items(kind).forEach(item -> all.add(signature(item)));
        }
        assertEquals("""
                AdminChanged(bytes32,address,address)
                AdminProposed(bytes32,address,address)
                Anchored(bytes32,uint64,bytes32,uint64,uint64,bytes32)
                BadProof()
                BadSize(uint64)
                Conflict(uint64)
                Exists()
                LogCreated(bytes32,address,bytes32,address)
                NotAdmin()
                NotGrowing(uint64,uint64)
                NotPendingAdmin()
                NotSubmitter()
                ProofTooLong(uint256)
                SubmitterChanged(bytes32,address,address)
                UnknownLog()
                ZeroAddress()
                acceptAdmin(bytes32)
                anchor(bytes32,uint64,bytes32,bytes32,bytes32[])
                consistent(uint64,uint64,bytes32,bytes32,bytes32[])
                createLog(bytes32,address)
                head(bytes32)
                logIdOf(address,bytes32)
                proposeAdmin(bytes32,address)
                rolesOf(bytes32)
                rootAt(bytes32,uint64)
                setSubmitter(bytes32,address)
                verifyInclusion(bytes32,uint64,uint64,bytes32,bytes32[])""", all.stream().sorted().collect(Collectors.joining("\n")));
    }

    /** The untried configuration is at least JSON, of a chain of its own with what the compiled code needs. */
    @Test
    void besu_files_areJson_withLondonAndNoDevelopmentChain() throws Exception {
        var besu = CONTRACTS.resolveSibling("besu");
        var config = new ObjectMapper()
                .readTree(besu.resolve("genesis.json").toFile())
                .get("config");
        assertEquals(0, config.get("londonBlock").asInt(-1));
        assertTrue(config.get("chainId").asLong() != Devnet.CHAIN_ID);
        assertTrue(config.has("qbft"));
        for (String list : List.of("validators.json", "static-nodes.json")) {
            assertEquals(
                    4, new ObjectMapper().readTree(besu.resolve(list).toFile()).size(), list);
        }
    }

    private static Map<String, RemoteFunctionCall<?>> calls() {
        // Nothing is sent: only the encoding is looked at.
        var nowhere = Web3j.build(new JsonRpc(URI.create("http://127.0.0.1:1"), Duration.ofSeconds(1)));
        try {
            var contract = AccessLogNotary.load(
                    ZERO, nowhere, new ReadonlyTransactionManager(nowhere, ZERO), new DefaultGasProvider());
            byte[] word = new byte[32];
            var one = BigInteger.ONE;
            return Map.ofEntries(
                    Map.entry("createLog", contract.createLog(word, ZERO)),
                    Map.entry("logIdOf", contract.logIdOf(ZERO, word)),
                    Map.entry("setSubmitter", contract.setSubmitter(word, ZERO)),
                    Map.entry("proposeAdmin", contract.proposeAdmin(word, ZERO)),
                    Map.entry("acceptAdmin", contract.acceptAdmin(word)),
                    Map.entry("head", contract.head(word)),
                    Map.entry("rolesOf", contract.rolesOf(word)),
                    Map.entry("rootAt", contract.rootAt(word, one)),
                    Map.entry("anchor", contract.anchor(word, one, word, word, List.of())),
                    Map.entry("consistent", contract.consistent(one, one, word, word, List.of())),
                    Map.entry("verifyInclusion", contract.verifyInclusion(word, one, one, word, List.of())));
        } finally {
            nowhere.shutdown();
        }
    }

    private static List<JsonNode> items(String kind) throws Exception {
        var abi = new ObjectMapper().readTree(Notarised.file("abi"));
        return StreamSupport.stream(abi.spliterator(), false)
                .filter(item -> item.get("type").asText().equals(kind))
                .toList();
    }

    private static String signature(JsonNode item) {
        return StreamSupport.stream(item.get("inputs").spliterator(), false)
                .map(input -> input.get("type").asText())
                .collect(Collectors.joining(",", item.get("name").asText() + "(", ")"));
    }

    @SuppressWarnings("rawtypes") // web3j declares its parameters so.
    private static <T extends Type> String types(List<TypeReference<T>> parameters) {
        return parameters.stream()
                .map(parameter -> parameter.getType().getTypeName().replaceFirst(".*\\.", ""))
                .map(name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1))
                .collect(Collectors.joining(",", "(", ")"));
    }
}
