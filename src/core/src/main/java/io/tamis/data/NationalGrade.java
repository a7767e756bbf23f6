package io.tamis.data;

/** The grade of the Data Security Law. A field beside the level, never a level: CORE here is not {@link Level#L5}. */
public enum NationalGrade {
    GENERAL,
    IMPORTANT,
    CORE
}
