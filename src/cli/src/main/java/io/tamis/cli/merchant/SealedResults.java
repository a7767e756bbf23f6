package io.tamis.cli.merchant;

import io.tamis.cli.client.ApiClient;
import io.tamis.cli.client.ClientException;
import io.tamis.cli.client.ExitCode;
import io.tamis.cli.client.JsonView;
import io.tamis.cli.client.Progress;
import io.tamis.cli.client.Shell;
import io.tamis.data.Code;
import io.tamis.data.Hash;
import io.tamis.data.JobId;
import io.tamis.data.Json;
import io.tamis.data.TamisException;
import io.tamis.he.Bfv;
import io.tamis.he.HeException;
import io.tamis.he.HeParams;
import io.tamis.he.threshold.MerchantSecret;
import io.tamis.he.threshold.SwitchedSum;
import io.tamis.privacy.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A job's result with the sealed numbers opened, on the merchant's own machine: nothing of what is read goes back.
 *
 * <p>NOT promised: that the numbers are what the holders sent. The service adds their shares up, and could add something of its
 * own to them, as it could print another number where it reads the sum itself.
 */
public final class SealedResults {
    private final ApiClient client;
    private final Shell shell;
    private final ResultKeys keys;

    /** Results opened with these keys. */
    public SealedResults(ApiClient client, Shell shell, ResultKeys keys) {
        this.client = client;
        this.shell = shell;
        this.keys = keys;
    }

    /** The envelope of a job's result, sealed cells in it replaced by what they hold. */
    public Json.Obj open(JobId job) {
        var answer = client.get("/v1/jobs/" + job + "/result").orRefused();
        if (!answer.header("Content-Type").startsWith("application/json")
                || !(answer.json() instanceof Json.Obj envelope)) {
            throw refused("the job's result is CSV, which has no sealed numbers in it: ask with output JSON");
        }
        JsonView result = JsonView.of(envelope).at("result");
        List<JsonView> rows = result.at("rows").items();
        long sealed = rows.stream()
                .flatMap(row -> row.at("cells").items().stream())
                .filter(SealedResults::sealed)
                .count();
        if (sealed == 0) {
            throw refused("the result has no sealed numbers: job result shows it");
        }
        var progress = Progress.counting(shell, "opening sealed numbers", sealed);
        try (var opener = new Opener(job, progress)) {
            List<Json> opened = rows.stream()
                    .map(row -> (Json) opener.row((Json.Obj) row.value()))
                    .toList();
            return envelope.with("result", ((Json.Obj) result.value()).with("rows", Json.array(opened)));
        } catch (ClassCastException malformed) {
            throw new ClientException(
                    Code.INTERNAL, ExitCode.INTERNAL, "the service answered a result of another form", malformed);
        } finally {
            progress.clear();
        }
    }

    private static boolean sealed(JsonView cell) {
        return !cell.at("sealed").isAbsent();
    }

    private static ClientException refused(String why) {
        return new ClientException(Code.INVALID_REQUEST, ExitCode.NO, why);
    }

    /** All numbers of a job are under one key; its tables are made once. */
    private final class Opener implements AutoCloseable {
        private final JobId job;
        private final Progress progress;
        private Optional<Opened> under = Optional.empty();
        private long done;

        private record Opened(HeParams params, Bfv scheme, MerchantSecret secret) {}

        Opener(JobId job, Progress progress) {
            this.job = job;
            this.progress = progress;
        }

        Json.Obj row(Json.Obj row) {
            var cells = new ArrayList<Json>();
            for (JsonView cell : JsonView.of(row).at("cells").items()) {
                cells.add(sealed(cell) ? opened(cell).toJson() : cell.value());
            }
            return row.with("cells", Json.array(cells));
        }

        private Cell opened(JsonView json) {
            try {
                var cell = (Cell.Sealed) Cell.fromJson(json.value());
                byte[] bytes = client.get("/v1/jobs/" + job + "/sealed-results/" + cell.bytes())
                        .orRefused()
                        .bytes();
                if (!Hash.sha256(bytes).equals(cell.bytes())) {
                    throw HeException.rejected();
                }
                HeParams params = SwitchedSum.params(bytes);
                Opened with =
                        under.filter(known -> known.params().equals(params)).orElseGet(() -> under(params));
                Cell.Shown shown = cell.opened(with.secret().open(SwitchedSum.read(with.scheme(), bytes)));
                progress.at(++done);
                return shown;
            } catch (ClientException told) {
                throw told;
            } catch (TamisException wrong) {
                throw new ClientException(
                        Code.CIPHERTEXT_REJECTED,
                        ExitCode.NO,
                        "a sealed number does not open with this key: it is another key's, or a share or the service is wrong",
                        wrong);
            }
        }

        private Opened under(HeParams params) {
            close();
            Bfv scheme = Bfv.of(params);
            var opened = new Opened(params, scheme, keys.pair(scheme));
            under = Optional.of(opened);
            return opened;
        }

        @Override
        public void close() {
            under.ifPresent(opened -> opened.secret().close());
            under = Optional.empty();
        }
    }
}
