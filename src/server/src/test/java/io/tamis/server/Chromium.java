package io.tamis.server;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opentest4j.TestAbortedException;

/**
 * The distribution's Chromium with a fresh profile, driven by Playwright on the machine's node (docs/adr/0042). What is
 * missing skips the test, with CI=true it fails. For one thread; a page is in a context of its own.
 */
public final class Chromium implements AutoCloseable {
    /** Where Playwright for Java looks for {@code package/cli.js}. */
    private static final Path DRIVER = Path.of("src/test/browser/node_modules").toAbsolutePath();

    private static final int PATIENCE_MS = 60_000;
    private static final List<String> FLAGS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** False when something is missing and may be, for a test that has more to say than what a browser shows. */
    static boolean installed() {
        try {
            required();
            return true;
        } catch (TestAbortedException missing) {
            return false;
        }
    }

    private record Tools(Path chromium, Path node) {}

    private static Tools required() {
        if (!Files.exists(DRIVER.resolve("package/cli.js"))) {
            throw missing("src/server/src/test/browser/node_modules (./tamis test installs it)");
        }
        return new Tools(
                onPath("chromium", "chromium-browser").orElseThrow(() -> missing("chromium")),
                onPath("node").orElseThrow(() -> missing("node")));
    }

    /** Starts the browser. */
    public static Chromium start() {
        var tools = required();
        System.setProperty("playwright.cli.dir", DRIVER.toString());
        var playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of(
                        "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD",
                        "1",
                        "PLAYWRIGHT_NODEJS_PATH",
                        tools.node().toString())));
        return new Chromium(
                playwright,
                playwright
                        .chromium()
                        .launch(new BrowserType.LaunchOptions()
                                .setExecutablePath(tools.chromium())
                                .setArgs(FLAGS)
                                .setTimeout(2 * PATIENCE_MS)));
    }

    /** A page of a fresh context in this language and theme. Whatever it complains of is added to the list. */
    public Page page(String language, ColorScheme theme, List<String> complaints) {
        BrowserContext context = browser.newContext(
                new Browser.NewContextOptions().setLocale(language).setColorScheme(theme));
        context.setDefaultTimeout(PATIENCE_MS);
        Page page = context.newPage();
        page.onPageError(complaints::add);
        page.onConsoleMessage(message -> complaints.add(message.text()));
        return page;
    }

    /** What the accessibility rules (axe-core: WCAG 2.2 A, AA and best practices) say against the page as it stands. */
    public static List<String> violations(Page page) {
        try {
            page.evaluate(Files.readString(DRIVER.resolve("axe-core/axe.min.js")));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        Object found =
                page.evaluate("axe.run().then(r => r.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + n.html)))");
        var told = new ArrayList<String>();
        ((List<?>) found).forEach(violation -> told.add(violation.toString()));
        return told;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> onPath(String... names) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> Arrays.stream(names).map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static RuntimeException missing(String what) {
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError("no " + what);
        }
        return new TestAbortedException("SKIPPED: no " + what);
    }
}
