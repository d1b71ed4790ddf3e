package dev.terminalcloud.systemtests.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tests of rows, on the installation that the system properties name, see {@link Settings}. */
@Tag("slow")
@ExtendWith(SharedTarget.class)
@ExtendWith(RowWatch.class)
@DisplayNameGeneration(RowNames.class)
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@interface Conformance {}
