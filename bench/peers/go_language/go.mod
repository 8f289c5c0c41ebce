module language

go 1.21

require github.com/jdkato/prose/v2 v2.0.0
