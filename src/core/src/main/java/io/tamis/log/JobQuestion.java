package io.tamis.log;

import io.tamis.data.Code;
import io.tamis.data.DataException;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.JsonFields;
import io.tamis.data.PartyId;
import io.tamis.data.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a job asks, whole: who asks, in which role, from where, and the request as it came in. Owners approve the hash of it, the
 * ledger carries that hash, and key holders get question and salt with the ticket: each computes the hash from what it reads.
 *
 * <p>The hash is SHA-256 over the domain {@code tamis-question-v1}, the salt and the RFC 8785 form, each after its length in 4
 * bytes, big-endian. Under a salt that readers of the ledger do not have it tells nothing of the question; nobody finds a second
 * question or salt with the same hash. NOT promised: that the salt differs between jobs; the job's id is in what is hashed.
 *
 * @param role under which role the submitter asked
 * @param region name of the region that the policy was told
 * @param request the job request in full, the reason too
 * @param salt hides the question behind its hash
 */
public record JobQuestion(JobId job, PartyId merchant, Role role, String region, Json.Obj request, Salt salt) {
    /** Longest RFC 8785 form, in bytes: of a request of 1 MiB and the members around it. */
    public static final int BYTES_MAX = (1 << 20) + (1 << 10);

    private static final int NAME_LENGTH_MAX = 64;
    private static final Pattern REGION = Pattern.compile("[A-Z]{1,16}");
    private static final byte[] DOMAIN = "tamis-question-v1".getBytes(StandardCharsets.US_ASCII);

    public JobQuestion {
        Objects.requireNonNull(job);
        Objects.requireNonNull(merchant);
        Objects.requireNonNull(role);
        Objects.requireNonNull(request);
        Objects.requireNonNull(salt);
        if (!REGION.matcher(region).matches()) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        if (toJson(job, merchant, role, region, request).canonicalBytes().length > BYTES_MAX) {
            throw new DataException(Code.TOO_LARGE);
        }
    }

    /** What is hashed: everything but the salt. */
    public Json.Obj toJson() {
        return toJson(job, merchant, role, region, request);
    }

    private static Json.Obj toJson(JobId job, PartyId merchant, Role role, String region, Json.Obj request) {
        return Json.object()
                .put("job", job.toString())
                .put("merchant", merchant.value())
                .put("role", role.token())
                .put("region", region)
                .put("request", request)
                .build();
    }

    /** Reads {@link #toJson()} strictly: what else stands there would be shown, and not be what was asked. */
    public static JobQuestion of(Json question, Salt salt) {
        var fields = new JsonFields(question);
        var job = JobId.parse(fields.string("job", NAME_LENGTH_MAX));
        var merchant = new PartyId(fields.string("merchant", NAME_LENGTH_MAX));
        Role role = Role.fromToken(fields.string("role", NAME_LENGTH_MAX))
                .orElseThrow(() -> new DataException(Code.INVALID_REQUEST));
        String region = fields.string("region", NAME_LENGTH_MAX);
        Json request = fields.value("request");
        fields.end();
        if (!(request instanceof Json.Obj asked)) {
            throw new DataException(Code.INVALID_REQUEST);
        }
        return new JobQuestion(job, merchant, role, region, asked, salt);
    }

    /** The {@code questionHash} of ledger entries. */
    public Hash hash() {
        byte[] canonical = toJson().canonicalBytes();
        byte[] salted = salt.bytes();
        var joined = ByteBuffer.allocate(3 * Integer.BYTES + DOMAIN.length + salted.length + canonical.length);
        for (byte[] part : new byte[][] {DOMAIN, salted, canonical}) {
            joined.putInt(part.length).put(part);
        }
        return Hash.sha256(joined.array());
    }

    /** Says nothing of what is asked: a log line is no place for it. */
    @Override
    public String toString() {
        return "JobQuestion[" + job + "]";
    }
}
