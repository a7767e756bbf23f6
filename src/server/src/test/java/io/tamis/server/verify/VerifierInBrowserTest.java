package io.tamis.server.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import io.tamis.data.Json;
import io.tamis.data.Role;
import io.tamis.server.Chromium;
import io.tamis.server.TamisTest;
import io.tamis.server.TestApi;
import io.tamis.server.TestTokens;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an officer does with the page, in a real browser, with the receipt of a real release of the running service. */
@TamisTest
class VerifierInBrowserTest {
    private static final String MERCHANT = "verifier-brand";
    private static final Path PURCHASES = Path.of("../../sandbox-datasets/cdnow/purchases.csv");
    private static final Path PICTURES = Path.of("target/verifier");

    private static Chromium chromium;
    private static Json.Obj result;
    private static String entry;
    private static String keys;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void open() throws IOException {
        chromium = Chromium.start();
        TestApi.upload(TestTokens.of(Role.PLATFORM, "cdnow"), "cdnow", 1, Files.readString(PURCHASES));
        var example = (Json.Obj) Json.parse(
                Files.readString(Path.of("../../docs/api.md")).replaceFirst("(?s).*?```json\n(.*?)```.*", "$1"));
        result = TestApi.answer(
                MERCHANT, example.with("jobRequestId", Json.of("verifier-1")).canonical());
        entry = TestApi.request()
                .auth()
                .oauth2(TestTokens.of(Role.MERCHANT, MERCHANT))
                .get("/v1/ledger/entries/" + text(receipt(), "eventId"))
                .then()
                .statusCode(200)
                .extract()
                .asString();
        keys = TestApi.request().get("/v1/ledger/key").asString();
    }

    @AfterAll
    static void close() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void visit() {
        visit("en-US", ColorScheme.LIGHT, served());
    }

    @AfterEach
    void nothingWasFetchedOrComplainedOf() {
        assertEquals(List.of(), complaints);
        assertEquals(List.of(page.url()), asked);
        page.context().close();
    }

    @Test
    void receiptOfTheService_holds_servedAndFromFile() {
        for (String address : List.of(served(), VerifierPageTest.FILE.toUri().toString())) {
            visit("en-US", ColorScheme.LIGHT, address);
            fill(text(receipt(), "tlogProof"), "", ed25519());
            assertEquals("holds", check());
            assertEquals("passed", status("inclusion"));
            assertEquals("passed", status("signature"));
            assertEquals("info", status("commitment"));
            assertEquals("info", status("chain"));
        }
    }

    /** The result is held against the entry that the merchant may read, and the entry against the signed tree. */
    @Test
    void resultWithItsEntry_holds_andIsShown() {
        fill(result.canonical(), entry, ed25519());
        assertEquals("holds", check());
        for (String done : List.of("read", "names", "commitment", "result", "inclusion", "signature")) {
            assertEquals("passed", status(done), done);
        }
        assertTrue(page.textContent("#event").contains("\"release.published\""));
        assertTrue(page.textContent("#said-hint").startsWith("Opened"));
    }

    @Test
    void resultWithoutItsEntry_isIncomplete() {
        fill(result.canonical(), "", ed25519());
        assertEquals("incomplete", check());
        assertEquals("unchecked resultAlone", outcome("result"));
    }

    @Test
    void receiptWithoutKey_isIncomplete() {
        fill(text(receipt(), "tlogProof"), entry, "");
        assertEquals("incomplete", check());
        assertEquals("unchecked noKeys", outcome("signature"));
        assertTrue(page.textContent("#said-hint").startsWith("NOT proven"));
    }

    @Test
    void changedResult_isRefused() {
        refused("result resultOther", result.with("cached", Json.of(true)).canonical(), entry);
        refused("result resultOther", result.with("extra", Json.of(1)).canonical(), entry);
    }

    @Test
    void changedEntry_isRefused() {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                e -> e.replace("\"release.published\"", "\"release.delivered\""),
                e -> e.replaceFirst("\"salt\":\"..", "\"salt\":\"" + (e.contains("\"salt\":\"00") ? "01" : "00")))) {
            refused("commitment opensNot", text(receipt(), "tlogProof"), change.apply(entry));
        }
        refused("names twoEntries", text(receipt(), "tlogProof"), entry.replaceFirst("\"index\":", "\"index\":1"));
        refused("read malformed", text(receipt(), "tlogProof"), entry.replace("\"v\":1", "\"v\":1,\"x\":null"));
        refused("read malformed", text(receipt(), "tlogProof"), entry.replace("\"v\":1", "\"v\":1,\"v\":1"));
    }

    @Test
    void changedReceipt_isRefused() {
        String proof = text(receipt(), "tlogProof");
        String[] lines = proof.split("\n", -1);
        int size = List.of(lines).indexOf("") + 2;
        refused("inclusion notIncluded", edit(proof, 3, line -> lines[4]), "");
        refused("signature forged", edit(proof, size, line -> "9" + line), "");
        refused("signature forged", edit(proof, size + 1, line -> PaperLog.base64(new byte[32])), "");
        refused("inclusion notIncluded", edit(proof, 2, line -> "index 0"), "");
        refused("read malformed", edit(proof, 2, line -> "index 00"), "");
        refused("signature noKeyOfLog", proof.replace(lines[size - 1], "example.com/other/2026"), "");
        refused("read malformed", proof.replaceFirst("extra .", "extra !"), "");
        refused("read malformed", proof.substring(0, proof.indexOf("\n\n")), "");
        refused("names twoEntries", receipt().with("index", Json.of(0)).canonical(), "");
        refused("read nothing", " ", "");
    }

    /** What was shown as holding must not stay when the input is another one. */
    @Test
    void editAfterACheck_takesTheVerdictAway() {
        fill(text(receipt(), "tlogProof"), "", ed25519());
        assertEquals("holds", check());
        page.fill("#receipt", "x");
        assertFalse(page.isVisible("#outcome"));
        assertEquals("The input has changed: check again.", page.textContent("#note"));
    }

    @Test
    void file_isReadLikePastedText() {
        page.fill("#keys", ed25519());
        var chooser = page.waitForFileChooser(() -> page.click("[data-file=receipt]"));
        chooser.setFiles(
                new FilePayload("r.json", "application/json", result.canonical().getBytes(StandardCharsets.UTF_8)));
        page.waitForFunction("() => document.getElementById('receipt').value !== ''");
        drop("disclosure", entry);
        page.waitForFunction("() => document.getElementById('disclosure').value !== ''");
        assertEquals("holds", check());
        drop("disclosure", "\u0000".repeat((4 << 20) + 1));
        page.waitForFunction("() => document.getElementById('note').textContent.startsWith('This file')");
    }

    /** From the top to the verdict without a mouse. */
    @Test
    void keyboard_reachesEverything_andIsLedToTheVerdict() {
        fill(text(receipt(), "tlogProof"), "", ed25519());
        page.focus("#en");
        var visited = new ArrayList<String>();
        for (int i = 0; i < 15; i++) {
            page.keyboard().press("Tab");
            visited.add((String)
                    page.evaluate("() => document.activeElement.id || 'file-' + document.activeElement.dataset.file"));
        }
        assertEquals(
                List.of(
                        "zh",
                        "receipt",
                        "file-receipt",
                        "disclosure",
                        "file-disclosure",
                        "keys",
                        "witnesses",
                        "quorum",
                        "rpc",
                        "chainId",
                        "contract",
                        "logId",
                        "adopt",
                        "check",
                        "again"),
                visited);
        page.focus("#check");
        page.keyboard().press("Enter");
        page.waitForSelector("#outcome:not([hidden])");
        assertEquals("headline", page.evaluate("() => document.activeElement.id"));
    }

    /** Both languages in both themes, empty, holding and refused; the pictures are for people to look at. */
    @Test
    void everyState_breaksNoAccessibilityRule() {
        for (String language : List.of("en-US", "zh-CN")) {
            for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
                visit(language, theme, served());
                String name = language + "-" + theme.name().toLowerCase(java.util.Locale.ROOT);
                accessible(name + "-empty");
                fill(result.canonical(), entry, ed25519());
                assertEquals("holds", check());
                accessible(name + "-holds");
                fill(text(receipt(), "tlogProof"), entry.replace("\"v\":1", "\"v\":1,\"x\":1"), "");
                assertEquals("fails", check());
                accessible(name + "-fails");
            }
        }
    }

    @Test
    void language_isTheBrowsers_andCanBeSwitched() {
        visit("zh-CN", ColorScheme.LIGHT, served());
        assertEquals("zh-CN", page.getAttribute("html", "lang"));
        assertEquals("校验访问日志的回执", page.textContent("h1"));
        fill(text(receipt(), "tlogProof"), "", ed25519());
        assertEquals("holds", check());
        assertEquals("✓ 成立", page.textContent("#headline"));
        page.click("#en");
        assertEquals("en", page.getAttribute("html", "lang"));
        assertEquals("✓ Holds", page.textContent("#headline"));
    }

    @Test
    void everyText_isInBothLanguages() {
        visit("en-US", ColorScheme.LIGHT, served());
        var shown = page.evaluate(
                "() => { const all = () => [...document.querySelectorAll('[data-t]')].map(e => e.textContent);"
                        + " const en = all(); document.getElementById('zh').click(); const zh = all();"
                        + " return en.filter((t, i) => t === '' || t === zh[i]); }");
        assertEquals(List.of(), shown);
    }

    private void accessible(String name) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true).setPath(PICTURES.resolve(name + ".png")));
        assertEquals(List.of(), Chromium.violations(page), name);
    }

    private void refused(String reason, String receipt, String disclosure) {
        fill(receipt, disclosure, ed25519());
        assertEquals("fails", check(), reason);
        String[] parts = reason.split(" ", -1);
        assertTrue(
                page.locator("li[data-check=" + parts[0] + "][data-status=failed][data-reason=" + parts[1] + "]")
                                .count()
                        > 0,
                reason + " is not in: " + page.innerText("#rows"));
    }

    private void visit(String language, ColorScheme theme, String address) {
        if (page != null) {
            page.context().close();
        }
        asked.clear();
        page = chromium.page(language, theme, complaints);
        page.onRequest(request -> asked.add(request.url()));
        page.navigate(address);
    }

    private void fill(String receipt, String disclosure, String keys) {
        page.fill("#receipt", receipt);
        page.fill("#disclosure", disclosure);
        page.fill("#keys", keys);
    }

    private void drop(String field, String text) {
        page.evaluate(
                "([id, text]) => { const data = new DataTransfer(); data.items.add(new File([text], 'x.json'));"
                        + " document.getElementById(id).dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true})); }",
                List.of(field, text));
    }

    private String check() {
        page.click("#check");
        page.waitForSelector("#outcome:not([hidden])");
        return page.getAttribute("#verdict", "class");
    }

    private String status(String check) {
        return page.locator("li[data-check=" + check + "]").first().getAttribute("data-status");
    }

    private String outcome(String check) {
        return status(check) + " "
                + page.locator("li[data-check=" + check + "]").first().getAttribute("data-reason");
    }

    /** The post-quantum key is one this page says it cannot use; the test of that is with the witnesses. */
    private static String ed25519() {
        return keys.lines().findFirst().orElseThrow();
    }

    private static Json.Obj receipt() {
        return (Json.Obj) result.member("receipt").orElseThrow();
    }

    private static String text(Json.Obj object, String name) {
        return ((Json.Str) object.member(name).orElseThrow()).value();
    }

    private static String edit(String text, int line, UnaryOperator<String> change) {
        String[] lines = text.split("\n", -1);
        lines[line] = change.apply(lines[line]);
        return String.join("\n", lines);
    }

    private static String served() {
        return ConfigProvider.getConfig().getValue("test.url", String.class) + "/verify";
    }
}
