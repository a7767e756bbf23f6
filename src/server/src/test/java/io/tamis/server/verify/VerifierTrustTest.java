package io.tamis.server.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.ledger.contract.AccessLogNotary;
import io.tamis.ledger.contract.Devnet;
import io.tamis.server.Chromium;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

/** Who else vouches for a tree: several keys, witnesses, a chain. Never green while something asked for was not done. */
class VerifierTrustTest {
    private static final String ID = "0190163d-8694-739b-aea5-966c26f8ad90";
    private static final String EVENT =
            "{\"at\":\"2026-11-24T05:00:00.000Z\",\"id\":\"" + ID + "\",\"type\":\"job.submitted\",\"v\":1}";
    private static final long TIME = 1_764_000_000L;
    private static final PaperLog LOG =
            new PaperLog().append(ID, EVENT).append("0190163d-8694-739b-aea5-966c26f8ad91", "{}");
    private static final List<PaperLog.Signer> WITNESSES = List.of(
            new PaperLog.Signer("witness.example/a", 4, 11),
            new PaperLog.Signer("witness.example/b", 4, 12),
            new PaperLog.Signer("witness.example/c", 4, 13));
    private static final String CONTRACT = "0x" + "Ab".repeat(20);
    private static final String LOG_ID = "0x" + "5c".repeat(32);

    private static Chromium chromium;

    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> input = new HashMap<>();
    private Page page;

    @BeforeAll
    static void open() {
        chromium = Chromium.start();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        page = chromium.page("en", ColorScheme.LIGHT, new ArrayList<>());
        page.onRequest(request -> asked.add(request.url()));
        page.navigate(VerifierPageTest.FILE.toUri().toString());
        input.put("receipt", LOG.receipt(0));
        input.put("keys", PaperLog.KEY.vkey());
    }

    @AfterEach
    void leave() {
        page.context().close();
    }

    @Test
    void twoKeysOfOneLog_mustBothHaveSigned() {
        var second = new PaperLog.Signer(PaperLog.ORIGIN, 1, 2);
        input.put("keys", PaperLog.KEY.vkey() + "\n" + second.vkey() + "\n");
        assertOutcome("fails", "signature failed unsigned");
        input.put("receipt", LOG.receipt(0, second.line(new byte[0], LOG.text())));
        assertOutcome("holds", "signature passed signed");
        input.put("receipt", LOG.receipt(0, second.line(new byte[0], LOG.text() + "x")));
        assertOutcome("fails", "signature failed forged");
        input.put("keys", PaperLog.KEY.vkey() + "\n" + new PaperLog.Signer("example.com/2025", 1, 3).vkey());
        assertOutcome("holds", "signature info otherLog");
    }

    /** A browser cannot check it, so whoever pins it gets no green. */
    @Test
    void postQuantumKey_isNotCheckedHere() {
        var log = new PostQuantum(PaperLog.ORIGIN);
        input.put("receipt", LOG.receipt(0, log.line(2420)));
        assertOutcome("holds", "signature info mldsaLine");
        input.put("keys", PaperLog.KEY.vkey() + "\n" + log.vkey());
        assertOutcome("incomplete", "signature unchecked mldsa");
        input.put("receipt", LOG.receipt(0));
        assertOutcome("fails", "signature failed unsigned");
        input.put("receipt", LOG.receipt(0, log.line(2419)));
        assertOutcome("fails", "signature failed forged");
        input.put("keys", log.vkey());
        input.put("receipt", LOG.receipt(0, log.line(2420)));
        assertOutcome("incomplete", "signature unchecked mldsa");
    }

    @Test
    void postQuantumWitness_isNotCountedAndNotExcused() {
        var witness = new PostQuantum("witness.example/pq");
        input.put("witnesses", WITNESSES.getFirst().vkey() + "\n" + witness.vkey());
        input.put("quorum", "1");
        input.put("receipt", LOG.receipt(0, cosigned(0)));
        assertOutcome("holds", "witness info witnessSilent");
        // It may be wrong, and a wrong line of a known witness spoils the note.
        input.put("receipt", LOG.receipt(0, cosigned(0), witness.line(2420)));
        assertOutcome("incomplete", "witness unchecked mldsa");
        input.put("receipt", LOG.receipt(0, witness.line(2420)));
        assertOutcome("incomplete", "quorum unchecked quorumMissed");
        input.put("quorum", "2");
        assertOutcome("fails", "quorum failed quorumMissed");
    }

    @Test
    void keys_thatCountTwiceOrBelongElsewhere_areRefused() {
        input.put("keys", PaperLog.KEY.vkey() + "\n" + PaperLog.KEY.vkey());
        assertOutcome("fails", "keys failed keyTwice");
        input.put("keys", WITNESSES.getFirst().vkey());
        assertOutcome("fails", "keys failed keyKind");
        input.put("keys", new PaperLog.Signer(PaperLog.ORIGIN, 3, 1).vkey());
        assertOutcome("fails", "keys failed keyType");
        input.put("keys", PaperLog.KEY.vkey().replaceFirst("\\+.", "+z"));
        assertOutcome("fails", "keys failed keyId");
        input.put("keys", PaperLog.KEY.vkey());
        input.put("witnesses", PaperLog.KEY.vkey());
        assertOutcome("fails", "witnessKeys failed keyKind");
        // One key under two names would be two witnesses.
        input.put(
                "witnesses",
                WITNESSES.getFirst().vkey() + "\n" + new PaperLog.Signer("witness.example/z", 4, 11).vkey());
        assertOutcome("fails", "witnessKeys failed keyTwice");
    }

    @Test
    void witnesses_areCountedAgainstTheQuorum() {
        input.put(
                "witnesses",
                String.join("\n", WITNESSES.stream().map(PaperLog.Signer::vkey).toList()));
        assertOutcome("fails", "quorum failed quorumMissed");
        input.put("receipt", LOG.receipt(0, cosigned(0), cosigned(2)));
        assertOutcome("fails", "quorum failed quorumMissed");
        input.put("quorum", "2");
        assertOutcome("holds", "quorum passed quorumMet");
        for (String quorum : List.of("0", "4", "-1", "2.0", "x")) {
            input.put("quorum", quorum);
            assertOutcome("fails", "quorum failed quorumForm");
        }
        input.put("quorum", "1");
        input.put("receipt", LOG.receipt(0, cosigned(0), WITNESSES.get(1).line(new byte[72])));
        assertOutcome("fails", "witness failed witnessForged");
        // The time is signed; a log's plain signature is no cosignature.
        input.put("receipt", LOG.receipt(0, cosigned(0), WITNESSES.get(1).line(new byte[8], LOG.text())));
        assertOutcome("fails", "witness failed witnessForged");
        input.put("receipt", LOG.receipt(0, cosigned(1), WITNESSES.get(1).cosign(LOG.text() + "x", TIME)));
        assertOutcome("fails", "witness failed witnessForged");
        input.remove("witnesses");
        assertOutcome("incomplete", "quorum unchecked noWitnessKeys");
    }

    @Test
    void root_onTheNode_isCompared_andNothingElseIsSent() throws IOException {
        try (var node = PaperNode.start().results("eth_chainId", "0x7a69").results("eth_call", root())) {
            chain(node.url());
            assertOutcome("holds", "chain passed anchored");
            String data = "0x930b6ace" + "5c".repeat(32) + "0".repeat(63) + "2";
            assertEquals(
                    List.of(
                            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_chainId\",\"params\":[]}",
                            "{\"id\":1,\"jsonrpc\":\"2.0\",\"method\":\"eth_call\",\"params\":[{\"data\":\"" + data
                                    + "\",\"to\":\"" + CONTRACT + "\"},\"latest\"]}"),
                    node.asked().stream().map(Json::canonical).toList());
            node.results("eth_call", "0x" + "11".repeat(32));
            assertOutcome("fails", "chain failed otherRoot");
            node.results("eth_call", "0x" + "00".repeat(32));
            assertOutcome("incomplete", "chain unchecked notAnchored");
            node.results("eth_call", "0x");
            assertOutcome("incomplete", "chain unchecked noContract");
            node.results("eth_chainId", "0x1");
            assertOutcome("fails", "chain failed otherChain");
        }
        assertTrue(asked.stream().allMatch(url -> url.equals(page.url()) || url.startsWith("http://127.0.0.1:")));
    }

    @Test
    void node_thatDoesNotAnswer_leavesTheCheckUndone() throws IOException {
        try (var node = PaperNode.start()) {
            chain(node.url());
            assertOutcome("incomplete", "chain unchecked nodeAnswer");
            for (String nonsense : List.of(
                    "x",
                    "{}",
                    "[]",
                    "null",
                    "{\"id\":1}",
                    "{\"id\":2,\"result\":\"0x7a69\"}",
                    "{\"id\":1,\"result\":5}",
                    "{\"id\":1,\"result\":\"7a69\"}",
                    "{\"id\":1,\"error\":{\"code\":-32000}}",
                    " ".repeat(70_000) + "{\"id\":1,\"result\":\"0x7a69\"}")) {
                node.says("eth_chainId", nonsense);
                assertOutcome("incomplete", "chain unchecked nodeAnswer");
            }
            node.says("eth_chainId", node.url() + "/elsewhere");
            assertOutcome("incomplete", "chain unchecked nodeSilent");
        }
        assertOutcome("incomplete", "chain unchecked nodeSilent");
    }

    @Test
    void chainFields_areAllNeeded_andOfTheirForm() throws IOException {
        try (var node = PaperNode.start().results("eth_chainId", "0x7a69").results("eth_call", root())) {
            for (String name : List.of("rpc", "chainId", "contract", "logId")) {
                chain(node.url());
                input.remove(name);
                assertOutcome("incomplete", "chain unchecked chainFields");
            }
            for (var wrong : Map.of("chainId", "0x7a69", "contract", "0x00", "logId", "5c".repeat(32))
                    .entrySet()) {
                chain(node.url());
                input.put(wrong.getKey(), wrong.getValue());
                assertOutcome("fails", "chain failed chainForm");
            }
            for (String url : List.of(
                    "ftp://127.0.0.1/",
                    "127.0.0.1",
                    "http://me:secret@127.0.0.1/",
                    "javascript:1",
                    "file:///etc/passwd")) {
                chain(url);
                assertOutcome("incomplete", "chain unchecked rpcForm");
            }
            assertEquals(List.of(), node.asked());
        }
    }

    /** The page cannot be talked into asking anybody but the first node named. */
    @Test
    void network_isClosedByTheFirstCheck() throws IOException {
        try (var first = PaperNode.start().results("eth_chainId", "0x7a69").results("eth_call", root());
                var second = PaperNode.start().results("eth_chainId", "0x7a69").results("eth_call", root())) {
            chain(first.url());
            assertOutcome("holds", "chain passed anchored");
            assertEquals("TypeError", reach(second.url()));
            assertEquals("reached", reach(first.url()));
            chain(second.url());
            assertOutcome("incomplete", "chain unchecked closed");
            page.reload();
            assertOutcome("holds", "chain passed anchored");
            page.reload();
            page.fill("#receipt", input.get("receipt"));
            page.fill("#keys", input.get("keys"));
            page.click("#check");
            page.waitForSelector("#verdict.holds");
            assertEquals("TypeError", reach(first.url()));
            assertEquals(2, second.asked().size());
        }
    }

    @Test
    void disclosedAnchor_mustBeTheOfficers_andCanBeTakenOver() throws IOException {
        try (var node = PaperNode.start().results("eth_chainId", "0x7a69").results("eth_call", root())) {
            String anchor =
                    "{\"chainId\":31337,\"contract\":\"" + CONTRACT + "\",\"logId\":\"" + LOG_ID + "\",\"size\":2}";
            input.put("disclosure", disclosure(",\"anchor\":" + anchor));
            assertOutcome("holds", "chain info claimed");
            chain(node.url());
            assertOutcome("holds", "chain passed anchored");
            input.put("logId", "0x" + "00".repeat(32));
            assertOutcome("fails", "chain failed claimDiffers");
            for (String wrong : List.of(
                    "{}",
                    anchor.replace("31337", "0"),
                    anchor.replace("Ab", "zz"),
                    anchor.replace("}", ",\"x\":1}"),
                    "null",
                    "[]")) {
                input.put("disclosure", disclosure(",\"anchor\":" + wrong));
                assertEquals("fails", verdict().get("verdict"), wrong);
            }
            page.fill("#disclosure", disclosure(",\"anchor\":" + anchor));
            page.fill("#keys", input.get("keys"));
            page.fill("#rpc", node.url());
            page.click("#adopt");
            assertEquals(CONTRACT, page.inputValue("#contract"));
            page.click("#check");
            page.waitForSelector("#verdict.holds");
            assertEquals(
                    1, page.locator("li[data-check=chain][data-status=passed]").count());
        }
    }

    /** What the service hands to an officer repeats the entry's place; all of it must agree. */
    @Test
    void disclosureOfTheService_isEnough_andErasureIsNoGreen() {
        String place = "\"commitment\":\"" + commitment() + "\",\"id\":\"" + ID + "\",\"index\":0,\"proof\":"
                + Json.of(LOG.receipt(0)).canonical();
        String whole = "{" + place + ",\"event\":" + EVENT + ",\"salt\":\"" + PaperLog.SALT + "\"}";
        for (String field : List.of("receipt", "disclosure")) {
            input.remove("receipt");
            input.put(field, whole);
            assertOutcome("holds", "commitment passed opens");
            input.put(field, whole.replace("\"index\":0", "\"index\":1"));
            assertOutcome("fails", "names failed twoEntries");
            input.put(field, whole.replace("\"commitment\":\"" + commitment(), "\"commitment\":\"" + "0".repeat(64)));
            assertOutcome("fails", "names failed twoEntries");
            input.put(field, whole.replace("\"index\":0,", ""));
            assertOutcome("fails", "read failed missingMember");
            input.put(field, whole.replace("{\"commitment\"", "{\"more\":1,\"commitment\""));
            assertOutcome("fails", "read failed unknownMember");
            input.put(field, "{" + place + ",\"keyId\":\"" + ID + "\"}");
            assertOutcome("incomplete", "commitment unchecked erased");
            input.put(field, "{" + place + "}");
            assertOutcome("fails", "read failed missingMember");
            input.remove(field);
        }
    }

    /** The same against the real contract on a real node. */
    @Test
    void root_anchoredOnARealChain_isFound() throws Exception {
        try (var devnet = Devnet.start()) {
            var gas = new StaticGasProvider(BigInteger.TWO.pow(31), BigInteger.valueOf(3_000_000));
            var sender = new RawTransactionManager(devnet.web3j(), Devnet.account(0), Devnet.CHAIN_ID, 200, 50);
            var notary = AccessLogNotary.deploy(devnet.web3j(), sender, gas).send();
            byte[] salt = Hash.sha256(PaperLog.ORIGIN.getBytes(UTF_8)).bytes();
            String creator = Devnet.account(0).getAddress();
            notary.createLog(salt, creator).send();
            byte[] logId = notary.logIdOf(creator, salt).send();
            chain(devnet.address().toString());
            input.put("contract", notary.getContractAddress());
            input.put("logId", "0x" + HexFormat.of().formatHex(logId));
            assertOutcome("incomplete", "chain unchecked notAnchored");
            byte[] root = HexFormat.of().parseHex(root().substring(2));
            notary.anchor(logId, BigInteger.TWO, root, salt, List.of()).send();
            assertOutcome("holds", "chain passed anchored");
            input.put("contract", "0x" + "00".repeat(19) + "99");
            assertOutcome("incomplete", "chain unchecked noContract");
        }
    }

    private void chain(String url) {
        input.putAll(Map.of("rpc", url, "chainId", "31337", "contract", CONTRACT, "logId", LOG_ID));
    }

    /** Whether a script in the page can reach an address now. */
    private Object reach(String url) {
        return page.evaluate(
                "url => fetch(url, {method: 'POST', body: '{\"method\":\"none\"}'}).then(() => 'reached', e => e.name)",
                url);
    }

    private Map<?, ?> verdict() {
        return (Map<?, ?>) page.evaluate("input => tamisVerifier.check(input)", input);
    }

    private void assertOutcome(String verdict, String row) {
        var outcome = verdict();
        var rows = ((List<?>) outcome.get("rows"))
                .stream()
                        .map(Map.class::cast)
                        .map(r -> r.get("id") + " " + r.get("status") + " " + r.get("key"))
                        .toList();
        assertTrue(rows.contains(row), row + " is not in " + rows);
        assertEquals(verdict, outcome.get("verdict"), rows.toString());
    }

    private static String commitment() {
        String extra = LOG.receipt(0).replaceFirst("(?s).*?\nextra ([^\n]*)\n.*", "$1");
        var json = (Json.Obj) Json.parse(Base64.getDecoder().decode(extra));
        return ((Json.Str) json.member("c").orElseThrow()).value();
    }

    /** A key of a kind that no browser verifies, and lines that nobody has signed. */
    private record PostQuantum(String name) {
        private byte[] typed() {
            var typed = new byte[1313];
            Arrays.fill(typed, (byte) 7);
            typed[0] = 6;
            return typed;
        }

        private byte[] keyId() {
            return Arrays.copyOf(
                    Hash.sha256((name + "\n").getBytes(UTF_8), typed()).bytes(), 4);
        }

        String vkey() {
            return name + "+" + HexFormat.of().formatHex(keyId()) + "+" + PaperLog.base64(typed());
        }

        String line(int signatureBytes) {
            return "— " + name + " " + PaperLog.base64(Arrays.copyOf(keyId(), 4 + 8 + signatureBytes)) + "\n";
        }
    }

    private static String cosigned(int witness) {
        return WITNESSES.get(witness).cosign(LOG.text(), TIME + witness);
    }

    private static String disclosure(String more) {
        return "{\"event\":" + EVENT + ",\"proof\":" + Json.of(LOG.receipt(0)).canonical() + ",\"salt\":\""
                + PaperLog.SALT + "\"" + more + "}";
    }

    private static String root() {
        return "0x"
                + HexFormat.of().formatHex(Base64.getDecoder().decode(LOG.text().split("\n", -1)[2]));
    }
}
