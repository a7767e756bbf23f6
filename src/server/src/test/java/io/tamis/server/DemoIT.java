package io.tamis.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The demonstration on the packaged jars: everything merchants, platforms and an officer do, over HTTP only. */
class DemoIT {
    private static final List<String> STEPS = List.of(
            "start",
            "load",
            "dry run",
            "witness",
            "answer",
            "identifier refused",
            "overspending refused",
            "budget left",
            "asked again",
            "agreement",
            "their data",
            "overlap",
            "own list",
            "reach",
            "one price each",
            "outsiders refused",
            "key holders",
            "encrypted tags",
            "encrypted audience",
            "holders away",
            "unsigned refused",
            "links",
            "closed",
            "receipt",
            "anchored",
            "officer's check",
            "keys destroyed",
            "forgery caught");

    @Test
    void demoOnce_playsEveryStep_andAgainOnKeptData() throws Exception {
        String data = Packaged.data("demo").toString();
        String first = played(data);
        assertFalse(first.contains("earlier run"), first);
        String second = played(data);
        // What was asked before is answered from the cache: a run spends nothing that a later one needs.
        for (String told :
                List.of("loaded in an earlier run", "signed in an earlier run", "the cached answer, charge 0")) {
            assertTrue(second.contains(told), second);
        }
        if (Chromium.installed()) {
            assertEquals("holds", inTheBrowser(Path.of(data)));
        }
    }

    /** What the page, opened from disk as an officer would, says of the receipt that the demonstration left. */
    private static String inTheBrowser(Path data) throws IOException {
        try (var chromium = Chromium.start()) {
            var page = chromium.page("en", ColorScheme.LIGHT, new ArrayList<>());
            page.navigate(Path.of("../../ledger/verifier/index.html").toUri().toString());
            page.fill("#receipt", Files.readString(data.resolve("receipt.txt")));
            page.fill("#keys", Files.readString(data.resolve("receipt.key")));
            page.click("#check");
            page.waitForSelector("#outcome:not([hidden])");
            return page.getAttribute("#verdict", "class");
        }
    }

    private static String played(String data) throws Exception {
        Packaged.Ended ended = Packaged.cli(4, "demo", "--once", "--data-dir", data);
        assertEquals(0, ended.status(), ended.output());
        var told = ended.output()
                .lines()
                .filter(line -> line.startsWith("✓ "))
                .map(line -> line.substring(2, line.indexOf(':')))
                .toList();
        assertEquals(STEPS, told, ended.output());
        return ended.output();
    }
}
