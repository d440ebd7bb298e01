# Sources of one system carry its name as a suffix, `_posix` or `_win32`, tests between name and `_test`.

# ratchet_keep_platform(<list of sources>): takes those of the other system out.
function(ratchet_keep_platform sources)
  set(other win32)
  if(WIN32)
    set(other posix)
  endif()
  list(FILTER ${sources} EXCLUDE REGEX "_${other}(_test)?\\.(cpp|h)$")
  set(${sources} ${${sources}} PARENT_SCOPE)
endfunction()
