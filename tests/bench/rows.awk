# Prints a registry of `rows` valid rows in random order, each NISS once:
#
#     awk -v rows=1000000 -f tests/bench/rows.awk > registry.csv
#
# Every awk has exact integers up to 2^53, so every product here stays below that.

function check_digit(eight,    sum, weight) { # of a NIF and of a BI
    sum = 0
    for (weight = 2; weight <= 9; weight++) {
        sum += (eight % 10) * weight
        eight = int(eight / 10)
    }
    sum %= 11
    return sum < 2 ? 0 : 11 - sum
}

function niss(ten,    rest, sum, place) {
    rest = ten
    sum = 0
    for (place = 1; place <= 10; place++) {
        sum += (rest % 10) * weights[place]
        rest = int(rest / 10)
    }
    return sprintf("%.0f%d", ten, 9 - sum % 10)
}

BEGIN {
    split("2 3 5 7 11 13 17 19 23 29", weights)
    split("Ana Rui Inês Hugo Eva José Mia Tiago Clara João", given)
    split("Ferreira Moura Nascimento Guerreiro Cruz Miranda Domingues Conceição Lopes Simões", family)
    split("Lisboa Porto Braga Faro Évora Beja Tomar Sintra Loulé Viseu", town)
    printf "niss,kind,status,name,birth_date,civil_id_kind,civil_id,nif,responsible,email,mobile,telephone,"
    print "address,postal_code,locality,country,language"
    for (n = 0; n < rows; n++) {
        # The factor and the modulus are coprime, so no two n give the same number.
        ten = 1000000000 + (n * 736338717 + 271828182) % 1000000000
        mix = (n * 48271 + 11) % 2147483647
        a = mix % 10 + 1
        b = int(mix / 10) % 10 + 1
        c = int(mix / 100) % 10 + 1
        bi = 10000000 + n * 7 % 90000000
        nif = 20000000 + n % 10000000
        printf "%s,citizen,%s,%s %s %s,", niss(ten), n % 20 ? "active" : "deceased", given[a], family[b], family[c]
        printf "19%02d-%02d-%02d,bi,%08d%d,", 30 + n % 70, 1 + n % 12, 1 + n % 28, bi, check_digit(bi)
        printf "%08d%d,,%s,", nif, check_digit(nif), n % 3 ? sprintf("%.0f.%d@correio.example", ten, n) : ""
        printf "+3519%d%07d,%s,", 1 + n % 3, mix % 10000000, n % 4 ? "" : sprintf("+3512%08d", mix % 100000000)
        printf "Rua de %s %d,%04d-%03d,%s,PT,pt\n", town[c], 1 + mix % 200, 1000 + mix % 9000, mix % 1000, town[a]
    }
}
