package io.tamis.cli.client;

import java.nio.file.Path;

/** What an officer's commands do, {@code audit export} and {@code audit verify}: demo and soaks run the same code. */
public interface Auditor {
    /** Downloads the ledger into this new folder. */
    void export(ApiClient officer, Path folder);

    /** Verifies a downloaded ledger offline, against this key in its one-line form. */
    Finding verify(Path folder, String verifierKey);

    /**
     * What a verification came to.
     *
     * @param ok true when everything held
     * @param said what was checked, or the entry or file that is wrong
     */
    record Finding(boolean ok, String said) {}
}
