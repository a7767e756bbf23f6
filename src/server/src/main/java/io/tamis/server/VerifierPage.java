package io.tamis.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tamis.data.Code;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * The page on which anybody checks a receipt in their own browser: {@code ledger/verifier/index.html}, byte by byte as it is
 * in the repository. It is public and the same for all; whoever does not trust this service opens the file instead.
 */
@Path("/verify")
@Tag(name = "Ledger")
@Singleton
public class VerifierPage {
    private static final String FILE = "verifier/index.html";
    private static final Pattern POLICY =
            Pattern.compile("http-equiv=\"Content-Security-Policy\" content=\"([^\"]+)\"");

    private final byte[] page;
    private final String policy;

    VerifierPage() {
        this.page = read();
        var stated = POLICY.matcher(new String(page, UTF_8));
        if (!stated.find()) {
            throw new StartRefused(Code.INTERNAL, "The verifier page states no policy.");
        }
        // Who may frame a page cannot be said in the page.
        this.policy = stated.group(1) + "; frame-ancestors 'none'";
    }

    /** The page; its policy is sent as a header too, so that it counts before the first byte is parsed. */
    @GET
    @Produces("text/html;charset=UTF-8")
    @PermitAll
    @Operation(summary = "The page that checks a receipt in the reader's own browser")
    @APIResponse(responseCode = "200", ref = "VerifierPage")
    public Response page() {
        return Response.ok(page)
                .header("Content-Security-Policy", policy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-cache")
                .build();
    }

    private static byte[] read() {
        try (var in = VerifierPage.class.getResourceAsStream(FILE)) {
            if (in != null) {
                return in.readAllBytes();
            }
        } catch (IOException unreadable) {
            throw new StartRefused(Code.INTERNAL, "The verifier page cannot be read.");
        }
        throw new StartRefused(Code.INTERNAL, "The verifier page is not in this build.");
    }
}
