// Stands before every text of C and C++: a precompiled header is read only where it comes first.
