package io.tamis.server.verify;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tamis.data.Hash;
import io.tamis.data.Json;
import io.tamis.server.TamisTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.KeccakDigest;
import org.junit.jupiter.api.Test;

/** The page as a file and as it is served. What it does is tried in a browser by the tests beside this one. */
@TamisTest
class VerifierPageTest {
    static final Path FILE =
            Path.of("../../ledger/verifier/index.html").toAbsolutePath().normalize();
    private static final Path ABI = Path.of("../../ledger/compiled/AccessLogNotary.abi");
    private static final int BYTES_MAX = 60_000;

    @Test
    void verify_withoutToken_servesTheFileOfTheRepository() throws IOException {
        byte[] served = given().get("/verify").then().statusCode(200).extract().asByteArray();
        assertArrayEquals(Files.readAllBytes(FILE), served);
        given().head("/verify").then().statusCode(200);
        given().post("/verify").then().statusCode(405);
    }

    @Test
    void verify_isSentWithItsOwnPolicyAndMayNotBeFramed() throws IOException {
        var answer = given().get("/verify").then().statusCode(200).extract();
        assertEquals(policy() + "; frame-ancestors 'none'", answer.header("Content-Security-Policy"));
        assertEquals("nosniff", answer.header("X-Content-Type-Options"));
        assertEquals("no-referrer", answer.header("Referrer-Policy"));
        assertEquals("DENY", answer.header("X-Frame-Options"));
        assertEquals("same-origin", answer.header("Cross-Origin-Opener-Policy"));
        assertEquals("text/html;charset=UTF-8", answer.contentType());
    }

    /** The policy lets this script and this style run and no other; {@code -Dgolden.update=true} writes their hashes. */
    @Test
    void policy_hasTheHashesOfScriptAndStyle() throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(FILE, page().replace(policy(), wanted()));
        }
        assertEquals(wanted(), policy());
    }

    /** Nothing is fetched to show it, and nothing in it can be switched on by an attribute. */
    @Test
    void page_isOneSmallFileOfItsOwn() throws IOException {
        assertTrue(Files.size(FILE) < BYTES_MAX, "size " + Files.size(FILE));
        String page = page();
        for (String banned : List.of(
                "innerHTML",
                "outerHTML",
                "document.write",
                "eval(",
                "new Function",
                "localStorage",
                "sessionStorage",
                " src=",
                " href=",
                "url(",
                "@import",
                " style=",
                " onclick=",
                "document.cookie",
                "sendBeacon",
                "WebSocket",
                "XMLHttpRequest",
                "import(")) {
            assertFalse(page.contains(banned), banned);
        }
        assertEquals(1, page.split("fetch\\(", -1).length - 1, "one place asks the network");
    }

    /** The selector is a constant of the page: it must be that of the contract's function. */
    @Test
    void selector_isThatOfRootAt() throws IOException {
        var found = Pattern.compile("const ROOT_AT = '([0-9a-f]{8})'").matcher(page());
        assertTrue(found.find());
        assertEquals(HexFormat.of().formatHex(keccak("rootAt(bytes32,uint64)"), 0, 4), found.group(1));
        assumeTrue(Files.exists(ABI), "SKIPPED: the contract is not compiled yet");
        var functions = ((Json.Arr) Json.parse(Files.readString(ABI)))
                .items().stream()
                        .map(Json.Obj.class::cast)
                        .filter(item -> Json.of("rootAt").equals(item.members().get("name")))
                        .toList();
        assertEquals(1, functions.size());
        assertEquals(List.of("bytes32", "uint64"), types(functions.getFirst(), "inputs"));
        assertEquals(List.of("bytes32"), types(functions.getFirst(), "outputs"));
    }

    private static List<String> types(Json.Obj function, String name) {
        return ((Json.Arr) function.members().get(name))
                .items().stream()
                        .map(item -> ((Json.Str) ((Json.Obj) item).members().get("type")).value())
                        .toList();
    }

    private static byte[] keccak(String text) {
        var digest = new KeccakDigest(256);
        byte[] bytes = text.getBytes(UTF_8);
        digest.update(bytes, 0, bytes.length);
        var out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }

    private static String wanted() throws IOException {
        return policy().replaceFirst("script-src '[^']*'", "script-src '" + hash("script") + "'")
                .replaceFirst("style-src '[^']*'", "style-src '" + hash("style") + "'");
    }

    private static String hash(String element) throws IOException {
        String content = one("<" + element + ">(.*?)</" + element + ">");
        return "sha256-" + PaperLog.base64(Hash.sha256(content.getBytes(UTF_8)).bytes());
    }

    private static String policy() throws IOException {
        return one("http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"");
    }

    private static String one(String form) throws IOException {
        var found = Pattern.compile(form, Pattern.DOTALL).matcher(page());
        assertTrue(found.find(), form);
        String one = found.group(1);
        assertFalse(found.find(), "twice: " + form);
        return one;
    }

    private static String page() throws IOException {
        return Files.readString(FILE);
    }
}
