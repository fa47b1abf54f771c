package dev.sobre.app.text;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file could not be used, in words: Java's own exceptions often say only its name. */
public final class Reason {

    private Reason() {}

    public static String of(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "there is no such file or directory";
            case AccessDeniedException _ -> "this user has no permission";
            case FileAlreadyExistsException _ -> "there is a file of that name";
            case NotDirectoryException _ -> "it is not a directory";
            case FileSystemException other when other.getReason() != null ->
                    String.valueOf(other.getReason());
            default -> String.valueOf(e.getMessage());
        };
    }
}
