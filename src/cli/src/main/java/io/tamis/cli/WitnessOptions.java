package io.tamis.cli;

import io.tamis.cli.client.ClientException;
import io.tamis.data.TamisException;
import io.tamis.log.VerifierKey;
import io.tamis.log.Witnesses;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Whom a verifier trusts: the log's keys, and witnesses. */
final class WitnessOptions {
    @Option(
            names = "--key",
            required = true,
            paramLabel = "VKEY",
            description =
                    "the log's key, name+keyid+base64, from a source you trust; given again, all must have signed")
    List<String> keys = new ArrayList<>();

    @Option(
            names = "--witness",
            paramLabel = "VKEY",
            description = "the key of a witness whose cosignature counts; may be given again")
    List<String> witnesses = new ArrayList<>();

    @Option(
            names = "--quorum",
            paramLabel = "K",
            defaultValue = "-1",
            description = "how many of these witnesses must have cosigned (default: all)")
    int quorum = -1;

    List<VerifierKey> keys() {
        return parsed(keys, "--key is not a log's key of the form name+keyid+base64");
    }

    Witnesses witnesses() {
        List<VerifierKey> known = parsed(witnesses, "--witness is not a witness's key of the form name+keyid+base64");
        try {
            return new Witnesses(known, quorum < 0 ? known.size() : quorum);
        } catch (TamisException notOnes) {
            throw ClientException.usage(
                    "--witness takes keys of witnesses, each once, and --quorum no more than their number");
        }
    }

    private static List<VerifierKey> parsed(List<String> texts, String wrong) {
        try {
            return texts.stream().map(VerifierKey::parse).toList();
        } catch (TamisException malformed) {
            throw ClientException.usage(wrong);
        }
    }
}
